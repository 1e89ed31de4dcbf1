import { masked } from './properties.ts';
import type { Member } from './shape.ts';
import { membersOf } from './shapes.ts';
import { operations } from './vocabulary.ts';

/** The members whose values are secrets, wherever they stand. DescribeCustomKeyStores shows access key IDs to everybody. */
export const secretMembers: ReadonlySet<string> = new Set(
  operations.flatMap((op) => secretsAmong(membersOf(op))).filter((name) => name !== 'AccessKeyId'),
);

/** The same value without its secrets. */
export function withoutSecrets<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutSecrets) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, secretMembers.has(name) ? masked : withoutSecrets(inner)]),
  ) as T;
}

function secretsAmong(members: Readonly<Record<string, Member>>): readonly string[] {
  return Object.entries(members).flatMap(([name, { sensitive, members: inner = {} }]) => [
    ...(sensitive ? [name] : []),
    ...secretsAmong(inner),
  ]);
}
