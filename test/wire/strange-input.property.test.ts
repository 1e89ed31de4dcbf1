import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cloudHsmStore } from '../../src/machine/alphabet.ts';
import type { Request } from '../../src/spec/inputs.ts';
import { membersOf } from '../../src/spec/shapes.ts';
import { operations } from '../../src/spec/vocabulary.ts';
import { Accounts } from '../../src/wire/accounts.ts';
import { ReferenceService } from '../../src/wire/reference-service.ts';
import { defaultScope } from '../../src/wire/scope.ts';

describe('strange input', () => {
  it('is answered, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(request(), async (asked) => {
        const reading = { edition: '2026-04', answers: {} } as const;
        const accounts = new Accounts({ make: (scope) => new ReferenceService({ reading, scope }) });
        const made = { op: 'CreateCustomKeyStore', input: cloudHsmStore() } as const;
        await accounts.answer(defaultScope, made, 'test');
        const answer = await accounts.answer(defaultScope, asked as Request, 'test');

        expect('ok' in answer || answer.error).not.toBe('KMSInternalException');
        expect(JSON.stringify(accounts.history())).not.toContain('topsecret');
      }),
      { numRuns: 600, seed: 11 },
    );
  });
});

// Helpers

/** An operation, with values of any type for members that it has, and for some that it has not. */
function request() {
  const secret = fc.constantFrom('topsecret', 'topsecret'.repeat(5), { topsecret: 1 }, ['topsecret']);
  const value = fc.oneof(
    fc.jsonValue(),
    fc.string(),
    fc.constantFrom('', null, 'alpha', 'cks-1', 'https://one.example'),
  );
  return fc.constantFrom(...operations).chain((op) =>
    fc
      .record(
        {
          ...Object.fromEntries(Object.keys(membersOf(op)).map((name) => [name, value])),
          KeyStorePassword: secret,
          XksProxyAuthenticationCredential: fc.oneof(
            value,
            fc.record({ AccessKeyId: value, RawSecretAccessKey: secret }),
          ),
          Nonsense: value,
          __proto__: value,
        },
        { requiredKeys: [] },
      )
      .map((input) => ({ op, input: JSON.parse(JSON.stringify(input)) as object })),
  );
}
