import { since } from './editions.ts';
import type { Member, OperationShape } from './shape.ts';
import { createKeyShapes } from './shapes/create-key.ts';
import { createUpdateShapes } from './shapes/create-update.ts';
import { cryptographicShapes } from './shapes/cryptographic.ts';
import { keyStateShapes } from './shapes/key-state.ts';
import { storeShapes } from './shapes/store.ts';
import { unsupportedShapes } from './shapes/unsupported.ts';
import type { Edition, Operation } from './vocabulary.ts';

/** What every operation takes and gives. */
export const shapes = {
  ...createUpdateShapes,
  ...storeShapes,
  ...createKeyShapes,
  ...keyStateShapes,
  ...cryptographicShapes,
  ...unsupportedShapes,
} as const satisfies Record<Operation, OperationShape>;

/** One operation, with its optional members. */
export const shapeOf = (op: Operation): OperationShape => shapes[op];

/** The members of an operation's input, by name. */
export const membersOf = (op: Operation): Readonly<Record<string, Member>> => shapes[op].input;

/** Does the edition know this member of the operation's input? */
export function isMember(op: Operation, name: string, edition: Edition): boolean {
  const from = membersOf(op)[name]?.since;
  return from === undefined || since(edition, from);
}
