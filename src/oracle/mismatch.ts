import { type ConnectionErrorCode, codesOf } from '../spec/connection-error-codes.ts';
import {
  anyValue,
  type Description,
  describedAnswer,
  describedKey,
  describedStore,
  isShownList,
} from '../spec/description.ts';
import { keyIdsOf, withBareKeys } from '../spec/key-id.ts';
import type { Key, Store } from '../spec/model.ts';
import { given } from '../spec/properties.ts';
import type { Known } from '../spec/reading.ts';
import { withoutSecrets } from '../spec/secrets.ts';
import { statusOf, statusOfSuccess } from '../spec/status.ts';
import { storeOperations } from '../spec/vocabulary.ts';
import type { Belief } from './belief.ts';
import type { HistoryEvent, Output } from './history.ts';
import { isStoreId, surplusOf } from './match.ts';
import type { Moment } from './setting.ts';

/** A member of an answer that is not as it may be. */
export interface Mismatch {
  /** The store or key that the member belongs to. */
  readonly about?: string;
  readonly member: string;
  /** What was shown; absent, if the member was. Never a secret. */
  readonly observed?: unknown;
  /** What may have been shown; `null` stands for nothing at all. */
  readonly expected: readonly unknown[];
}

/** What is wrong with the output of a request that was right to succeed. */
export function mismatchesIn(event: HistoryEvent, beliefs: readonly Belief[], moment: Moment): readonly Mismatch[] {
  if ('error' in event) return inStatus(event.status, [statusOf(event.error)]);
  if (!('ok' in event)) return [];
  if (event.status !== undefined && event.status !== statusOfSuccess) return inStatus(event.status, [statusOfSuccess]);
  if (event.op === 'DescribeCustomKeyStores') return inList(event, event.ok, beliefs, moment);
  if (event.op === 'DescribeKey' || event.op === 'CreateKey') return inMetadata(event, event.ok, beliefs, moment);
  if (event.op === 'CreateCustomKeyStore') {
    const { CustomKeyStoreId: id } = event.ok;
    const expected = isStoreId(id) ? 'an ID that no other store has' : 'an ID of 1 to 64 characters';
    return [{ member: 'CustomKeyStoreId', ...shownAs(id), expected: [expected] }];
  }
  if (!(storeOperations as readonly string[]).includes(event.op)) return inAnswer(event, event.ok);
  const surplus = surplusOf(event.ok);
  if (surplus === undefined) return [];
  return [{ member: surplus, ...shownAs(withoutSecrets({ [surplus]: event.ok[surplus] })[surplus]), expected: [null] }];
}

const inStatus = (status: number | undefined, expected: readonly unknown[]): readonly Mismatch[] =>
  status === undefined ? [] : [{ member: 'HTTP status', observed: status, expected }];

function inList(event: HistoryEvent, output: Output, beliefs: readonly Belief[], moment: Moment): readonly Mismatch[] {
  const list: unknown = output['CustomKeyStores'];
  if (!Array.isArray(list)) return [{ member: 'CustomKeyStores', ...shownAs(list), expected: ['a list'] }];
  const found: Mismatch[] = [];
  const shown = new Set<unknown>();
  for (const entry of list as readonly Output[]) {
    if (typeof entry !== 'object' || entry === null) {
      found.push({ member: 'CustomKeyStores', ...shownAs(entry), expected: ['a list of structures'] });
      continue;
    }
    const id = entry['CustomKeyStoreId'];
    if (shown.has(id))
      found.push({ about: String(id), member: 'CustomKeyStoreId', observed: 'twice', expected: ['once'] });
    shown.add(id);
    found.push(...(isAskedFor(event, entry) ? inEntry(String(id), entry, beliefs, moment) : [notAskedFor(id)]));
  }
  const { Limit, Marker, CustomKeyStoreId, CustomKeyStoreName } = event.input as Readonly<Record<string, unknown>>;
  if (given(Limit) && list.length > Number(Limit)) {
    found.push({ member: 'CustomKeyStores', observed: `${list.length} stores`, expected: [`${Limit} at most`] });
  }
  if (output['Truncated'] === true && !given(output['NextMarker'])) {
    found.push({ member: 'NextMarker', expected: ['a marker, since Truncated is true'] });
  }
  if (given(Limit) || given(Marker) || output['Truncated'] === true) return found;
  for (const id of new Set(beliefs.flatMap(({ branches }) => branches.flatMap(({ stores }) => [...stores.keys()])))) {
    if (shown.has(id) || (given(CustomKeyStoreId) && CustomKeyStoreId !== id)) continue;
    const stores = valuesOf(id, beliefs, moment).map(([store]) => store);
    const isThere = stores.every((store) => store !== undefined && isNamed(store, CustomKeyStoreName));
    if (isThere && stores.length > 0) found.push({ about: id, member: 'CustomKeyStoreId', expected: [id] });
  }
  return found;
}

/** Does an entry fit the filter? Names that differ in case only may be equal. */
function isAskedFor({ input }: HistoryEvent, entry: Output): boolean {
  const { CustomKeyStoreId: id, CustomKeyStoreName: name } = input as Readonly<Record<string, unknown>>;
  const shownName = String(entry['CustomKeyStoreName']).toLowerCase();
  return (!given(id) || entry['CustomKeyStoreId'] === id) && (!given(name) || shownName === String(name).toLowerCase());
}

const notAskedFor = (id: unknown): Mismatch => ({
  about: String(id),
  member: 'CustomKeyStoreId',
  observed: id,
  expected: [null],
});

const isNamed = ({ properties }: Store, name: unknown): boolean =>
  !given(name) || properties.CustomKeyStoreName === name;

function inEntry(id: string, entry: Output, beliefs: readonly Belief[], moment: Moment): readonly Mismatch[] {
  const values = valuesOf(id, beliefs, moment);
  const described = values.flatMap(([store, known]) => (store === undefined ? [] : [describedStore(store, known)]));
  const codes = [...new Set(values.flatMap(([store]) => (store === undefined ? [] : codesOf(store.type))))];
  const { ConnectionErrorCode: code } = entry;
  if (given(code) && described.length > 0 && !codes.includes(code as ConnectionErrorCode)) {
    return [{ about: id, member: 'ConnectionErrorCode', observed: code, expected: codes }];
  }
  if (described.length > 0) return nearest(id, described, entry);
  const isUnseen = beliefs.some(({ setting }) => setting.unseenStores) && values.length === 0;
  return isUnseen ? [] : [{ about: id, member: 'CustomKeyStoreId', observed: id, expected: [null] }];
}

function inMetadata(
  event: HistoryEvent,
  output: Output,
  beliefs: readonly Belief[],
  moment: Moment,
): readonly Mismatch[] {
  const metadata = output['KeyMetadata'];
  if (typeof metadata !== 'object' || metadata === null) {
    return [{ member: 'KeyMetadata', ...shownAs(metadata), expected: ['a structure'] }];
  }
  const shown = metadata as Output;
  const ids = new Set(beliefs.flatMap(({ branches }) => branches.flatMap(({ stores }) => [...stores.keys()])));
  const described = [...ids].flatMap((id) =>
    valuesOf(id, beliefs, moment).flatMap(([store, known]) => {
      const key = store?.keys.find((each) => each.id === shown['KeyId']) ?? newKey(event, shown, id);
      return store === undefined || key === undefined ? [] : [describedKey(key, store, known)];
    }),
  );
  const about = String(shown['KeyId']);
  const found = nearest(about, described, shown);
  const { KeyState: state, Enabled: enabled } = shown;
  if (found.length > 0 || !given(state)) return found;
  // Each of the two may be; together they are not.
  if (given(enabled) && enabled !== (state === 'Enabled'))
    return [{ about, member: 'Enabled', observed: enabled, expected: [state === 'Enabled'] }];
  // Nor is it what goes with all that was seen before.
  const states = described.flatMap(({ KeyState }) => (KeyState && isShownList(KeyState) ? KeyState : []));
  const expected = [...new Set(states.map(({ value }) => value))].filter((value) => value !== state);
  return expected.length === 0 ? [] : [{ about, member: 'KeyState', observed: state, expected }];
}

/** The key that CreateKey made in this store, if it did. */
function newKey({ op, input }: HistoryEvent, shown: Output, store: string): Key | undefined {
  if (op !== 'CreateKey' || input.CustomKeyStoreId !== store) return undefined;
  const behind = given(input.XksKeyId) ? { xksKeyId: input.XksKeyId as string } : {};
  return { id: String(shown['KeyId']), state: 'Enabled', ...behind };
}

/** What the answer to an operation on a key shows otherwise than the request has it. */
function inAnswer(event: HistoryEvent, output: Output): readonly Mismatch[] {
  const [key] = keyIdsOf(event.input);
  return key === undefined ? [] : nearest(key, [describedAnswer(event)], withBareKeys(output));
}

/** Every value that a store may have, now or not long ago, with what is known where it may. */
const valuesOf = (id: string, beliefs: readonly Belief[], moment: Moment) =>
  beliefs.flatMap((belief) =>
    belief.valuesOf(id, moment).map((store): readonly [Store | undefined, Known] => [store, belief.setting.known]),
  );

/** The members in which an answer differs from the description that it differs least from. */
function nearest(about: string, described: readonly Description[], shown: Output): readonly Mismatch[] {
  const differences = described.map((each) => differing(each, shown, ''));
  const least = Math.min(...differences.map(({ length }) => length));
  const found = new Map<string, Mismatch>();
  for (const difference of differences) {
    if (difference.length > least) continue;
    for (const mismatch of difference) {
      const expected = [...(found.get(mismatch.member)?.expected ?? []), ...mismatch.expected];
      found.set(mismatch.member, { about, ...mismatch, expected: [...new Set(expected)] });
    }
  }
  return [...found.values()];
}

function differing(description: Description, shown: Output, path: string): readonly Mismatch[] {
  return Object.entries(description).flatMap(([name, expected]): readonly Mismatch[] => {
    const value = shown[name] ?? undefined;
    const member = `${path}${name}`;
    if (!isShownList(expected)) {
      if (typeof value === 'object') return differing(expected, value as Output, `${member}.`);
      return [{ member, ...shownAs(value), expected: ['a structure'] }];
    }
    const may = expected.filter(({ when }) => when !== false);
    if (may.some((one) => (one.value === anyValue ? value !== undefined : one.value === value))) return [];
    const wanted = may.map((one) => (one.value === undefined ? null : one.value === anyValue ? 'a value' : one.value));
    return [{ member, ...shownAs(withoutSecrets({ [name]: value })[name]), expected: wanted }];
  });
}
const shownAs = (value: unknown): { readonly observed?: unknown } => (value === undefined ? {} : { observed: value });
