import { type ConnectionState, connectionStates } from '../../../spec/vocabulary.ts';
import type { Script, ScriptStep } from '../script.ts';
import { called, connect, describe, disconnect, leadingTo, ok, remove, slug, wait, worldTo } from './common.ts';

import {
  createKey,
  decryptUnnamed,
  describeKey,
  keyInput,
  kinds,
  onKey,
  storeRequest,
  unsupported,
  uses,
  withKey,
} from './key-steps.ts';

/** What keys in external key stores are asked as well. */
const shared: readonly string[] = ['enabled', 'disabled', 'public-unavailable', 'in-a-store-to-delete'];

/** Every operation on a key, in the states of the key and of its store. */
const states = kinds.flatMap((kind): readonly Script[] => {
  const name = called(kind);
  const script = (id: string, says: string, steps: readonly ScriptStep[]): Script => ({
    id: `key/${kind}-${id}`,
    says: `${says}, in an ${name}`,
    steps: [...withKey(kind), ...steps],
  });
  return [
    script('enabled', 'An enabled key is used', [
      describeKey,
      ...uses,
      onKey('CancelKeyDeletion'),
      onKey('EnableKey'),
      describeKey,
    ]),
    script('unsupported', 'What keys in custom key stores never support', unsupported),
    script('disabled', 'A key is disabled, used, and enabled', [
      ok(onKey('DisableKey')),
      describeKey,
      ...uses,
      ...unsupported,
      onKey('DisableKey'),
      onKey('CancelKeyDeletion'),
      ok(onKey('EnableKey')),
      describeKey,
      onKey('Encrypt'),
    ]),
    script('pending-deletion', 'A key is to be deleted, is used, and its deletion is taken back', [
      ok(onKey('ScheduleKeyDeletion')),
      describeKey,
      ...uses,
      onKey('EnableKey'),
      onKey('DisableKey'),
      onKey('ScheduleKeyDeletion'),
      describe(),
      ok(onKey('CancelKeyDeletion')),
      describeKey,
      describe(),
      ok(onKey('ScheduleKeyDeletion')),
      describeKey,
    ]),
    script('pending-deletion-unsupported', 'What keys never support is asked of one that is to be deleted', [
      ok(onKey('ScheduleKeyDeletion')),
      ...unsupported,
    ]),
    script('unavailable', 'A key is used whose store is DISCONNECTED, and CONNECTED again', [
      ok(disconnect()),
      wait('DISCONNECTED'),
      describeKey,
      ...uses,
      onKey('CancelKeyDeletion'),
      ...unsupported,
      onKey('EnableKey'),
      describe(),
      ok(connect()),
      wait('CONNECTED'),
      describeKey,
      onKey('Encrypt'),
    ]),
    script('disabled-while-unavailable', 'A key is disabled while its store is DISCONNECTED', [
      ok(disconnect()),
      wait('DISCONNECTED'),
      ok(onKey('DisableKey')),
      describeKey,
      onKey('Encrypt'),
      ok(connect()),
      wait('CONNECTED'),
      describeKey,
      onKey('Encrypt'),
    ]),
    script('cancelled-while-unavailable', 'A deletion is taken back while the store is DISCONNECTED', [
      ok(disconnect()),
      wait('DISCONNECTED'),
      ok(onKey('ScheduleKeyDeletion')),
      describe(),
      ok(onKey('CancelKeyDeletion')),
      describeKey,
      describe(),
      ok(connect()),
      wait('CONNECTED'),
      describeKey,
      ok(disconnect()),
      wait('DISCONNECTED'),
      describeKey,
    ]),
    script('while-disconnecting', 'A key shows while its store is DISCONNECTING', [
      ok(disconnect()),
      describeKey,
      describe(),
      decryptUnnamed,
    ]),
    script('in-a-store-to-delete', 'A store that holds a key is deleted', [
      remove(),
      ok(disconnect()),
      wait('DISCONNECTED'),
      remove(),
      describe(),
      describeKey,
    ]),
    script('pending-in-a-store-to-delete', 'A store is deleted that holds a key which is to be deleted', [
      ok(onKey('ScheduleKeyDeletion', { PendingWindowInDays: 7 })),
      ok(disconnect()),
      wait('DISCONNECTED'),
      remove(),
      describe(),
    ]),
    script('windows', 'A key is to be deleted in fewer days than may be, in more, and in as many as may be', [
      ...[0, 1, 6, 31, 366, 7.5, '7'].map((PendingWindowInDays) =>
        onKey('ScheduleKeyDeletion', { PendingWindowInDays }),
      ),
      onKey('CancelKeyDeletion'),
      ...[7, 30].flatMap((PendingWindowInDays) => [
        ok(onKey('ScheduleKeyDeletion', { PendingWindowInDays })),
        describeKey,
        ok(onKey('CancelKeyDeletion')),
      ]),
    ]),
  ].filter(({ id }) => kind === 'cloudhsm' || shared.some((name) => id.endsWith(name)));
});

/** States that an external key store is in for these. */
const settled: readonly ConnectionState[] = ['DISCONNECTED', 'CONNECTED'];

/** What needs a CONNECTED store, in every state. */
const inStates = kinds.flatMap((kind) =>
  connectionStates
    .filter((state) => kind === 'cloudhsm' || settled.includes(state))
    .map(
      (state: ConnectionState): Script => ({
        id: `key/${kind}-${slug(state)}-creation`,
        says: `CreateKey and GenerateRandom name an ${called(kind)} that is ${state}`,
        steps: [
          ...leadingTo(state, kind),
          createKey(keyInput(kind)),
          storeRequest('GenerateRandom', { NumberOfBytes: 32 }),
          describe(),
        ],
        ...worldTo(state, kind),
      }),
    ),
);

export const keyStates: readonly Script[] = [...states, ...inStates];
