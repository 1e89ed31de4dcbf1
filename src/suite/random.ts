import fc from 'fast-check';
import type { Request } from '../spec/inputs.ts';
import { creationOf, creationsOf, goalsOf, type Variant, variants } from './goals.ts';
import { failingCluster, failingEndpoint } from './naming.ts';
import type { Failure, Run } from './run.ts';
import { about, variantOf } from './walk.ts';

/** How often each kind of request was tried in each kind of place: what is rare is preferred. */
export type Tally = Map<string, number>;

const stepsOfRun = 36;
const mostTogether = 4;

/** The random numbers of one sequence. */
export const picksFor = (seed: number, sequence: number): readonly number[] =>
  fc.sample(fc.array(fc.nat({ max: 2 ** 30 }), { minLength: stepsOfRun, maxLength: stepsOfRun }), {
    seed: (seed + sequence * 7919) | 0,
    numRuns: 1,
  })[0] ?? [];

/** A request, or to wait for a store. */
type Choice = { readonly request: Request; readonly place: string } | { readonly wait: string; readonly place: string };

/**
 * A random sequence. Of a few requests that come to mind the one is taken that was tried least where the store is now;
 * most should succeed, a share should not.
 */
export async function randomRun(
  run: Run,
  picks: readonly number[],
  tally: Tally,
  avoid: ReadonlySet<string>,
): Promise<void> {
  const failing = [...run.lab.declared.failing];
  for (const pick of picks) {
    if (run.isLost) return;
    const choices = [pick, pick >> 3, pick >> 7, pick >> 11]
      .flatMap((each) => chosen(run, each, failing) ?? [])
      .filter(({ place }) => !avoid.has(place));
    const [choice] = choices.sort((a, b) => (tally.get(a.place) ?? 0) - (tally.get(b.place) ?? 0));
    if (choice === undefined) continue;
    tally.set(choice.place, (tally.get(choice.place) ?? 0) + 1);
    if ('wait' in choice) {
      await run.settle(choice.wait);
      if (run.stuck.size > 0) return;
      continue;
    }
    const event = await run.send(choice.request);
    if (event === undefined || event.op.startsWith('Describe') || pick % 3 === 0) continue;
    await run.send({ op: 'DescribeCustomKeyStores', input: {} });
  }
}

/** Places like that of a failure: who goes on keeps away from them, or would see nothing else. */
export function placesLike({ violation, steps }: Failure, tally: Tally): readonly string[] {
  const last = steps.findLast(({ request }) => !request.op.startsWith('Describe'));
  if (last === undefined) return [];
  const { CustomKeyStoreId: _, ...rest } = last.request.input as { CustomKeyStoreId?: string };
  const input = JSON.stringify(rest).slice(1, -1);
  return [...tally.keys()].filter((place) => {
    const [op, , ...where] = place.split(' ');
    if (op !== last.request.op || op === 'CreateCustomKeyStore' || !place.includes(input)) return false;
    return violation.before.some(({ stores }) => stores.some(({ connectionState }) => where.includes(connectionState)));
  });
}

function chosen(run: Run, pick: number, failing: readonly string[]): Choice | undefined {
  const present = run.present;
  const kind = pick % 16;
  const more = pick >> 4;
  if (present.length === 0 || (kind < 2 && present.length < mostTogether)) {
    const inputs = creations(failing);
    const input = inputs[more % inputs.length] as object;
    return {
      request: { op: 'CreateCustomKeyStore', input } as Request,
      place: `CreateCustomKeyStore ${JSON.stringify(input)} beside ${present.length}`,
    };
  }
  const symbol = present[more % present.length] as string;
  const store = run.store(symbol);
  if (store === undefined) return undefined;
  const { connectionState } = store;
  const variant = variantOf(store);
  const where = `${variant} ${connectionState}`;
  const running = connectionState === 'CONNECTING' || connectionState === 'DISCONNECTING';
  if (running && kind < 8) return { wait: symbol, place: `wait ${where}` };
  const goals = among(variant, kind);
  const goal = goals[(more >> 2) % goals.length];
  return goal && { request: about(goal, symbol), place: `${goal.op} ${JSON.stringify(goal.input)} ${where}` };
}

const remembered = new Map<string, readonly Request[]>();

/** Requests about a store: those that move it, those that may be refused for its state, and malformed ones. */
function among(variant: Variant, kind: number): readonly Request[] {
  const which = kind < 8 ? 'moving' : kind < 15 ? 'plain' : 'forms';
  const key = `${variant} ${which}`;
  const found =
    remembered.get(key) ??
    goalsOf(variant)
      .filter(({ onlyDisconnected, request: { op } }) => {
        if (which === 'moving')
          return ['ConnectCustomKeyStore', 'DisconnectCustomKeyStore', 'DeleteCustomKeyStore'].includes(op);
        return (which === 'forms') === (onlyDisconnected === true);
      })
      .map(({ request }) => request);
  remembered.set(key, found);
  return found;
}

function creations(failing: readonly string[]): readonly object[] {
  const key = failing.join();
  const found = creationsFor.get(key) ?? everyCreation(failing);
  creationsFor.set(key, found);
  return found;
}
const creationsFor = new Map<string, readonly object[]>();

function everyCreation(failing: readonly string[]): readonly object[] {
  const usual = variants.flatMap((variant) => [
    creationOf[variant](),
    creationOf[variant]('beta'),
    creationOf[variant]('gamma'),
  ]);
  const odd = variants.flatMap((variant) =>
    creationsOf(variant)
      .slice(0, 12)
      .map(({ request }) => request.input),
  );
  return [...usual, ...usual, ...usual, ...failingCreations(failing), ...odd];
}

/** Stores that never connect, as far as the world has something of the kind. */
export function failingCreations(failing: readonly string[]): readonly object[] {
  return [
    ...(failing.includes(failingCluster)
      ? [{ ...creationOf.AWS_CLOUDHSM('failing'), CloudHsmClusterId: failingCluster }]
      : []),
    ...(failing.includes(failingEndpoint)
      ? (['PUBLIC_ENDPOINT', 'VPC_ENDPOINT_SERVICE'] as const).map((variant) => ({
          ...creationOf[variant]('failing'),
          XksProxyUriEndpoint: failingEndpoint,
        }))
      : []),
  ];
}
