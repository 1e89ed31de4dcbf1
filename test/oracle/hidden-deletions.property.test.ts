import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cloudHsmStore } from '../../src/machine/alphabet.ts';
import type { HistoryEvent } from '../../src/oracle/history.ts';
import { Oracle } from '../../src/oracle/oracle.ts';
import { healthyWorld, type World } from '../../src/spec/facts.ts';
import { choicesOf, questionIds } from '../../src/spec/questions.ts';
import type { Answers } from '../../src/spec/reading.ts';
import { keyStates } from '../../src/spec/vocabulary.ts';
import { isAllowed } from './brute-force.ts';

const isExhaustive = process.env['SUITE'] === 'exhaustive';
const histories = isExhaustive ? 10_000 : 600;

describe('keys that are pending deletion', () => {
  it('go when they do: the oracle says what trying everything says', () => {
    const counts = { conforming: 0, violating: 0 };
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...asked), { minLength: 1, maxLength: 5, size: 'max' }), (picked) => {
        const history = [...beginning, ...picked];
        const allowed = isAllowed(history, { editions: ['2022-11'], answers, questions: [], world, facts: [] });
        counts[allowed ? 'conforming' : 'violating'] += 1;
        const oracle = new Oracle({ edition: '2022-11', answers, world, strict: true });

        expect(history.every((event) => oracle.observe(event).verdict !== 'violates')).toBe(allowed);
      }),
      { numRuns: histories, seed: 3 },
    );

    expect(counts.conforming).toBeGreaterThan(histories / 20);
    expect(counts.violating).toBeGreaterThan(histories / 5);
  });

  it('do not multiply what may be so, however many they are, and whatever is asked of them', () => {
    const oracle = new Oracle({ edition: '2022-11' });
    const observe = (event: HistoryEvent) => expect(oracle.observe(event).verdict).toBe('conforms');
    for (const event of beginning.slice(0, 3)) observe(event);
    const keys = Array.from({ length: 12 }, (_, number) => `key-${number}`);
    for (const key of keys) {
      observe(made(key));
      observe({ op: 'ScheduleKeyDeletion', input: { KeyId: key }, ok: {} });
      // An answer that a key has and one that is gone, too.
      observe({ op: 'EnableKeyRotation', input: { KeyId: key }, error: 'UnsupportedOperationException' });
    }

    expect(oracle.size().states).toBeLessThan(10);

    observe({ op: 'DescribeKey', input: { KeyId: 'key-3' }, error: 'NotFoundException' });
    expect(oracle.fork().observe(shown('key-3', 'PendingDeletion')).verdict).toBe('violates');
    observe(shown('key-4', 'PendingDeletion'));
    for (const event of disconnected) observe(event);
    observe({ op: 'DeleteCustomKeyStore', input, ok: {} });
  });
});

// Helpers

const input = { CustomKeyStoreId: 'cks-1' };

/** A question has its first answer. */
const answers = Object.fromEntries(questionIds.map((id) => [id, choicesOf(id)[0]])) as Answers;
const world: World = (fact, about) => (fact === 'quota.free' ? true : healthyWorld(fact, about));

const inState = (ConnectionState: string): HistoryEvent => ({
  op: 'DescribeCustomKeyStores',
  input,
  ok: { CustomKeyStores: [{ ...stored, ...input, ConnectionState, CreationDate: 1 }] },
});
const { KeyStorePassword: _, ...stored } = { CustomKeyStoreType: 'AWS_CLOUDHSM', ...cloudHsmStore() };

function shown(key: string, state: string): HistoryEvent {
  return { op: 'DescribeKey', input: { KeyId: key }, ok: { KeyMetadata: metadata(key, state) } };
}
const made = (key: string): HistoryEvent => ({
  op: 'CreateKey',
  input: { ...input, Origin: 'AWS_CLOUDHSM' },
  ok: { KeyMetadata: metadata(key, 'Enabled') },
});
function metadata(KeyId: string, KeyState: string) {
  const { CloudHsmClusterId } = stored;
  return {
    KeyId,
    KeyState,
    Enabled: KeyState === 'Enabled',
    ...input,
    CloudHsmClusterId,
    Origin: 'AWS_CLOUDHSM',
    CreationDate: 1,
  };
}

const beginning: readonly HistoryEvent[] = [
  { op: 'CreateCustomKeyStore', input: cloudHsmStore(), ok: input },
  { op: 'ConnectCustomKeyStore', input, ok: {} },
  inState('CONNECTED'),
  made('one'),
  made('two'),
  { op: 'ScheduleKeyDeletion', input: { KeyId: 'one' }, ok: {} },
];
const disconnected: readonly HistoryEvent[] = [
  { op: 'DisconnectCustomKeyStore', input, ok: {} },
  inState('DISCONNECTED'),
];

const errors = ['NotFoundException', 'KMSInvalidStateException', 'UnsupportedOperationException'] as const;

/** What may be asked, with every answer that is right at some time, and some that never are. */
const asked: readonly HistoryEvent[] = [
  ...['one', 'two'].flatMap((key): readonly HistoryEvent[] => [
    ...keyStates.map((state) => shown(key, state)),
    ...(['ScheduleKeyDeletion', 'CancelKeyDeletion', 'DisableKey', 'EnableKeyRotation'] as const).flatMap((op) => [
      { op, input: { KeyId: key }, ok: {} } as HistoryEvent,
      ...errors.map((error) => ({ op, input: { KeyId: key }, error }) as HistoryEvent),
    ]),
    { op: 'DescribeKey', input: { KeyId: key }, error: 'NotFoundException' },
  ]),
  ...disconnected,
  { op: 'ConnectCustomKeyStore', input, ok: {} },
  { op: 'DeleteCustomKeyStore', input, ok: {} },
  { op: 'DeleteCustomKeyStore', input, error: 'CustomKeyStoreHasCMKsException' },
  { op: 'DeleteCustomKeyStore', input, error: 'CustomKeyStoreInvalidStateException' },
];
