import { rules } from '../spec/catalogue.ts';
import type { Request } from '../spec/inputs.ts';
import { masked } from '../spec/properties.ts';
import { type Branch, withSets, withStore } from './branch.ts';
import type { HistoryEvent } from './history.ts';
import { errorNamesOf } from './nearest.ts';
import type { Setting } from './setting.ts';
import { anyState, forgotten, nothing, setOf } from './states.ts';

/**
 * What an event may have been, where its record leaves something out: each member in question given, and not given; and
 * if it was refused, given as it must not be.
 */
export function variantsOf(event: HistoryEvent): Variants {
  const values = [masked, ...('error' in event && ofMalformed.has(event.error) ? [tooShort, tooLong] : [])];
  const variants: [HistoryEvent, ...HistoryEvent[]] = [event];
  for (const path of event.withheld ?? []) {
    for (const variant of [...variants]) {
      const given = values.flatMap((value) => withMember(variant.input, path.split('.'), value) ?? []);
      variants.push(...given.map((input) => ({ ...variant, input }) as HistoryEvent));
    }
  }
  return variants;
}
const tooShort = 'x';
const tooLong = 'x'.repeat(1000);

/** What an event may have been: as it was recorded, and with members that its record leaves out. */
export type Variants = readonly [HistoryEvent, ...HistoryEvent[]];

/** What a member is refused with that is too short or too long; with any other error it might as well be right. */
const ofMalformed: ReadonlySet<string> = new Set(
  (['request/malformed', 'create/too-long'] as const).flatMap((id) => errorNamesOf(rules[id])),
);

/** The input with one more member; nothing, if the member is there, or what holds it is not. */
function withMember(
  input: Request['input'] | object,
  [name = '', ...inner]: readonly string[],
  value: string,
): object | undefined {
  const holder = (input as Readonly<Record<string, unknown>>)[name];
  if (inner.length === 0) return holder === undefined ? { ...input, [name]: value } : undefined;
  if (typeof holder !== 'object' || holder === null) return undefined;
  const within = withMember(holder, inner, value);
  return within && { ...input, [name]: within };
}

/** What is so after a request of which nobody knows what it asked for: it teaches nothing but that it was accepted. */
export function afterIncomplete(branch: Branch, event: HistoryEvent, { known }: Setting): Branch {
  if (!('ok' in event)) return branch;
  if (event.op === 'CreateCustomKeyStore') {
    const { CustomKeyStoreId: id } = event.ok;
    if (typeof id !== 'string' || branch.stores.has(id)) return branch;
    const states = anyState(id, known).states.filter(({ store }) => store?.connectionState === 'DISCONNECTED');
    return withStore(branch, id, setOf(states.filter(({ store }) => !('connectionErrorCode' in (store ?? {})))));
  }
  if (event.op !== 'UpdateCustomKeyStore') return branch;
  const { CustomKeyStoreId: id } = event.input;
  const set = branch.stores.get(id) ?? nothing;
  return set === nothing
    ? branch
    : withSets(branch, [
        [
          id,
          setOf(
            set.states.flatMap((state) => (state.store === undefined ? [] : forgotten(state, known))),
            set.recent,
          ),
        ],
      ]);
}
