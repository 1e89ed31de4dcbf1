import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../../src/oracle/history.ts';
import { createOracle } from '../../src/oracle/oracle.ts';
import { mark } from '../../src/spec/properties.ts';
import { historyFrom } from '../../src/suite/history-lines.ts';
import { withoutSecrets } from '../../src/suite/masked.ts';

const creation = (KeyStorePassword: unknown, outcome: object = { ok: { CustomKeyStoreId: 'cks-1' } }) =>
  ({
    op: 'CreateCustomKeyStore',
    input: {
      CustomKeyStoreName: 'alpha',
      CloudHsmClusterId: 'cluster-aaaaaaaaaaa',
      TrustAnchorCertificate: 'customerCA.crt',
      KeyStorePassword,
    },
    ...outcome,
  }) as unknown as HistoryEvent;
const passwordOf = (event: HistoryEvent | undefined) =>
  (event?.input as { KeyStorePassword?: unknown } | undefined)?.KeyStorePassword;
const refused = { error: 'ValidationException', status: 400 };

describe('a history without its secrets', () => {
  it('has one stand-in for every secret, and keeps which are equal', () => {
    const [a, b, c, d] = withoutSecrets(['one1one1', 'two2two2', 'one1one1', '***'].map((each) => creation(each)));
    expect([a, b, c, d].map(passwordOf)).toEqual(['standIn1', 'standIn2', 'standIn1', '***']);
  });

  it('leaves what has no secret, and what is masked already, as it is', () => {
    const once = withoutSecrets([creation('one1one1'), creation('***'), creation(undefined)]);
    const again = withoutSecrets([...once, creation('two2two2')]);
    expect(once.every((event, index) => event === again[index])).toBe(true);
    expect(passwordOf(again[3])).toBe('standIn2');
  });

  it.each(['', 'short', 'y'.repeat(33), 'special-characters!', 5, ['x'], { a: 'x' }, 'plain123'])(
    'is judged as before: %j',
    (password) => {
      const before = creation(password, refused);
      const [after] = withoutSecrets([before]) as [HistoryEvent];
      if (typeof password === 'string' && password !== '') expect(JSON.stringify(after)).not.toContain(password);
      expect(createOracle().observe(after).verdict).toBe(createOracle().observe(before).verdict);
      expect(createOracle().allowed(after)).toEqual(createOracle().allowed(before));
    },
  );

  it('repeats no secret in a message', () => {
    const [event] = withoutSecrets([creation('one1one1', { ...refused, message: 'bad value one1one1 given' })]);
    expect(event).toMatchObject({ message: 'bad value standIn1 given' });
  });

  it('has stand-ins that the oracle can tell apart', () => {
    const history = Array.from({ length: 100 }, (_, index) => creation(`secret${index}`));
    const marks = withoutSecrets(history).map((event) => mark(passwordOf(event) as string));
    expect(new Set(marks).size).toBe(100);
  });

  it('is read line by line, and a broken line is named', () => {
    expect(historyFrom(`${JSON.stringify(creation('one1one1'))}\n\n`)).toHaveLength(1);
    expect(historyFrom('{}\n')).toContain('line 1');
    expect(historyFrom(`${JSON.stringify(creation('x'))}\n{`)).toContain('line 2');
  });
});
