import { expect, it } from 'vitest';
import type { HistoryEvent } from '../../src/oracle/history.ts';
import { createOracle } from '../../src/oracle/oracle.ts';
import { creationOf } from '../../src/suite/goals.ts';

it('does not multiply what may be so with every update that nobody answers', () => {
  const oracle = createOracle({ edition: '2022-11' });
  const observe = (event: object) => expect(oracle.observe(event as HistoryEvent).verdict).toBe('conforms');
  observe({ op: 'CreateCustomKeyStore', input: creationOf.PUBLIC_ENDPOINT(), ok: { CustomKeyStoreId: 'cks-1' } });
  for (let number = 0; number < 15; number++) {
    const input = { CustomKeyStoreId: 'cks-1', [members[number % members.length] as string]: valued(number) };
    observe({ op: 'UpdateCustomKeyStore', input, unknown: 'timed out' });
  }

  expect(oracle.size().states).toBeLessThan(100);

  // What may have come of it is still allowed, whatever it was.
  observe({
    op: 'UpdateCustomKeyStore',
    input: { CustomKeyStoreId: 'cks-1', NewCustomKeyStoreName: 'name-12' },
    ok: {},
  });
});

// Helpers

const members = ['NewCustomKeyStoreName', 'XksProxyUriPath', 'XksProxyUriEndpoint'];

const valued = (number: number): string =>
  [`name-${number}`, `/path${number}/kms/xks/v1`, `https://proxy-${number}.example`][number % members.length] as string;
