import type { Request } from '../spec/inputs.ts';
import { masked } from '../spec/properties.ts';
import { type Branch, withSets, withStore } from './branch.ts';
import type { HistoryEvent } from './history.ts';
import type { Setting } from './setting.ts';
import { anyState, forgotten, nothing, setOf } from './states.ts';

/** What an event may have been, where its record leaves something out: each member in question given, and not given. */
export function variantsOf(event: HistoryEvent): readonly HistoryEvent[] {
  let variants: readonly HistoryEvent[] = [event];
  for (const path of event.withheld ?? []) {
    variants = variants.flatMap((variant) => {
      const input = withMask(variant.input, path.split('.'));
      return input === undefined ? [variant] : [variant, { ...variant, input } as HistoryEvent];
    });
  }
  return variants;
}

/** The input with a masked member; nothing, if the member is there, or what holds it is not. */
function withMask(input: Request['input'] | object, [name = '', ...inner]: readonly string[]): object | undefined {
  const value = (input as Readonly<Record<string, unknown>>)[name];
  if (inner.length === 0) return value === undefined ? { ...input, [name]: masked } : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  const within = withMask(value, inner);
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
