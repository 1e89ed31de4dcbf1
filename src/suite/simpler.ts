import type { Failure, Plan } from './run.ts';

/** Leaves out changes of a property whose old value does as well in what comes after. */
export async function unchanged(
  failure: Failure,
  fails: (plans: readonly Plan[]) => Promise<Failure | undefined>,
  inTime: () => boolean,
): Promise<Failure> {
  let shortest = failure;
  for (let index = failure.steps.length - 2; index > 0 && inTime(); index--) {
    const { op, input } = shortest.steps[index]?.request ?? {};
    if (op !== 'UpdateCustomKeyStore') continue;
    const { CustomKeyStoreId, ...changes } = input as Readonly<Record<string, unknown>>;
    const made = shortest.steps.find(({ makes }) => makes === CustomKeyStoreId)?.request.input as
      | Readonly<Record<string, unknown>>
      | undefined;
    if (made === undefined) continue;
    const pairs = Object.entries(changes).map(
      ([name, value]) => [value, made[name.replace(/^New/, '')] ?? value] as const,
    );
    // What comes after is to be about the old value; or the other way about, where it went back to that.
    for (const values of [pairs, pairs.flatMap(([to, from]) => [[to, from] as const, [from, to] as const])]) {
      const plans = shortest.steps.flatMap((step, each): readonly Plan[] =>
        each < index ? [step] : each === index ? [] : [{ ...step, request: replacing(step.request, new Map(values)) }],
      );
      const again = await fails(plans);
      if (again === undefined || again.steps.length >= shortest.steps.length) continue;
      shortest = again;
      break;
    }
  }
  return shortest;
}

const replacing = ({ op, input }: Plan['request'], values: ReadonlyMap<unknown, unknown>): Plan['request'] =>
  ({
    op,
    input: Object.fromEntries(Object.entries(input).map(([name, value]) => [name, values.get(value) ?? value])),
  }) as Plan['request'];

/** Leaves out members of updates that the fault does not need. */
export async function simplified(
  failure: Failure,
  fails: (plans: readonly Plan[]) => Promise<Failure | undefined>,
  inTime: () => boolean,
): Promise<Failure> {
  let simplest = failure;
  for (const [index, { request }] of failure.steps.entries()) {
    const members = Object.keys(request.input).filter((name) => name !== 'CustomKeyStoreId');
    if (request.op !== 'UpdateCustomKeyStore' || members.length < 2) continue;
    for (const member of members) {
      if (!inTime()) return simplest;
      const plans: Plan[] = simplest.steps.map((step, each) => {
        if (each !== index) return step;
        const { [member]: _, ...input } = step.request.input as Readonly<Record<string, unknown>>;
        return { ...step, request: { op: step.request.op, input } as unknown as Plan['request'] };
      });
      const again = await fails(plans);
      if (again !== undefined && again.steps.length <= simplest.steps.length) simplest = again;
    }
  }
  return simplest;
}
