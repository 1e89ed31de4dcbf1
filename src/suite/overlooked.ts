import type { ObservedOutcome, Output } from '../oracle/history.ts';
import type { Operation } from '../spec/vocabulary.ts';

/** Members by which a run finds its way; wrong or not, they are looked at. */
const needed: ReadonlySet<string> = new Set([
  'CustomKeyStores',
  'CustomKeyStoreId',
  'ConnectionState',
  'KeyMetadata',
  'KeyId',
  'KeyState',
  'Enabled',
  'error',
  'HTTP status',
]);

/**
 * Members of answers that are wrong wherever a run looks. Once that is told they are overlooked, or every sequence would
 * end with them, and nothing else would be found. What is overlooked counts as not recorded.
 */
export class Overlooked {
  readonly #members = new Map<Operation, ReadonlySet<string>>();

  /** Can these be done without? */
  static isPossible = (members: readonly string[]): boolean =>
    members.length > 0 && members.every((member) => !needed.has(member));

  add(op: Operation, members: readonly string[]): void {
    if (members.length > 0) this.#members.set(op, new Set([...this.in(op), ...members]));
  }

  get size(): number {
    return [...this.#members.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** The members of an operation's answers that are overlooked; `A.B` is a member of a member. */
  in(op: Operation): readonly string[] {
    return [...(this.#members.get(op) ?? [])];
  }

  /** An outcome without them. */
  outOf(op: Operation, outcome: ObservedOutcome): ObservedOutcome {
    const members = this.in(op);
    if (members.length === 0 || !('ok' in outcome)) return outcome;
    const { CustomKeyStores: list, KeyMetadata: key } = outcome.ok;
    const without = (value: unknown) => (isOutput(value) ? members.reduce(withoutMember, value) : value);
    if (op === 'DescribeCustomKeyStores' && Array.isArray(list))
      return partly(outcome, { ...outcome.ok, CustomKeyStores: list.map(without) });
    if (op === 'DescribeKey' || op === 'CreateKey')
      return partly(outcome, { ...outcome.ok, KeyMetadata: without(key) });
    return { ...outcome, ok: members.reduce(withoutMember, outcome.ok) };
  }
}

const partly = (outcome: ObservedOutcome, ok: Output): ObservedOutcome & { readonly partial: true } => ({
  ...outcome,
  ok,
  partial: true,
});

function withoutMember(output: Output, path: string): Output {
  const [name = '', ...inner] = path.split('.');
  const { [name]: value, ...rest } = output;
  return inner.length > 0 && isOutput(value) ? { ...output, [name]: withoutMember(value, inner.join('.')) } : rest;
}

const isOutput = (value: unknown): value is Output => typeof value === 'object' && value !== null;
