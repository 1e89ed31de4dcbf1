import { describe, expect, it } from 'vitest';
import { cloudHsmStore } from '../../src/machine/alphabet.ts';
import type { HistoryEvent } from '../../src/oracle/history.ts';
import { Oracle } from '../../src/oracle/oracle.ts';

describe('an answer that rests on the recent past', () => {
  it('may be that a store is not there yet, whatever is asked of it', () => {
    const absent = { error: 'CustomKeyStoreNotFoundException' };
    const history = [
      created,
      { op: 'CreateKey', input: { ...input, Origin: 'AWS_CLOUDHSM' }, ...absent, ...at(1) },
      { op: 'ConnectCustomKeyStore', input, ...absent, ...at(2) },
      { op: 'UpdateCustomKeyStore', input: { ...input, NewCustomKeyStoreName: 'beta' }, ...absent, ...at(3) },
      { op: 'DescribeCustomKeyStores', input, ...absent, ...at(4) },
      { op: 'ConnectCustomKeyStore', input, ok: {}, ...at(5) },
      shown('CONNECTED', 6),
    ];

    expect(violationIn(history, 'eventual')).toBeUndefined();
    expect(violationIn(history, 'strong')).toBe(1);
    expect(violationIn([created, { ...history[2], ...at(100) }], 'eventual')).toBe(1);
  });

  it('does not tell that what has come of it since has gone', () => {
    const history = [
      created,
      { op: 'ConnectCustomKeyStore', input, ok: {}, ...at(1) },
      { op: 'DisconnectCustomKeyStore', input, ok: {}, ...at(2) },
      shown('DISCONNECTED', 70),
      { op: 'ConnectCustomKeyStore', input, ok: {}, ...at(71) },
      shown('DISCONNECTED', 72),
      shown('CONNECTED', 73),
    ];

    expect(violationIn(history, 'eventual')).toBeUndefined();
    expect(violationIn(history, 'strong')).toBe(5);
    expect(violationIn([...history, shown('DISCONNECTED', 200)], 'eventual')).toBe(7);
  });
});

// Helpers

const input = { CustomKeyStoreId: 'cks-1' };
const at = (second: number) => ({ start: second * 1000, end: second * 1000 });
const created = { op: 'CreateCustomKeyStore', input: cloudHsmStore(), ok: input, ...at(0) };

function shown(ConnectionState: string, second: number) {
  const { KeyStorePassword: _, ...stored } = cloudHsmStore();
  const entry = { ...input, ...stored, CustomKeyStoreType: 'AWS_CLOUDHSM', ConnectionState, CreationDate: 1 };
  return { op: 'DescribeCustomKeyStores', input, ok: { CustomKeyStores: [entry] }, ...at(second) };
}

/** The place of the first event that violates. */
function violationIn(history: readonly object[], consistency: 'strong' | 'eventual'): number | undefined {
  const oracle = new Oracle({ consistency, staleness: 60 });
  const place = history.findIndex((event) => oracle.observe(event as HistoryEvent).verdict === 'violates');
  return place < 0 ? undefined : place;
}
