import type { Outcome } from '../machine/account.ts';
import { all, any, type Condition } from '../spec/condition.ts';
import {
  anyValue,
  type Description,
  describedKey,
  describedStore,
  isShownList,
  type Shown,
} from '../spec/description.ts';
import type { Request } from '../spec/inputs.ts';
import type { Account, Store } from '../spec/model.ts';
import { given } from '../spec/properties.ts';
import type { Known } from '../spec/reading.ts';

type Output = Readonly<Record<string, unknown>>;

/** Is this what an implementation in the state of the outcome may answer? */
export function matches(outcome: Outcome, request: Request, output: Output, known: Known): Condition {
  switch (request.op) {
    case 'CreateCustomKeyStore':
      return output['CustomKeyStoreId'] === outcome.id;
    case 'DescribeCustomKeyStores':
      return matchesList(outcome.next, request.input, output, known);
    case 'CreateKey':
    case 'DescribeKey':
      return matchesKey(outcome.next, output['KeyMetadata'], known);
    case 'ConnectCustomKeyStore':
    case 'DisconnectCustomKeyStore':
    case 'UpdateCustomKeyStore':
    case 'DeleteCustomKeyStore':
      return Object.keys(output).length === 0;
    default:
      return true;
  }
}

function matchesList(
  { stores }: Account,
  { CustomKeyStoreId, CustomKeyStoreName, Limit, Marker }: Extract<Request, { op: 'DescribeCustomKeyStores' }>['input'],
  { CustomKeyStores, Truncated }: Output,
  known: Known,
): Condition {
  const entries = Array.isArray(CustomKeyStores) ? (CustomKeyStores as readonly Output[]) : undefined;
  if (entries === undefined) return false;
  const asked = stores.filter(
    ({ id, properties }) =>
      (!given(CustomKeyStoreId) || id === CustomKeyStoreId) &&
      (!given(CustomKeyStoreName) ||
        String(properties.CustomKeyStoreName).toLowerCase() === CustomKeyStoreName?.toLowerCase()),
  );
  const partial = Truncated === true || given(Limit) || given(Marker);
  const ids = new Set(entries.map((entry) => entry['CustomKeyStoreId']));
  if (ids.size !== entries.length || (given(Limit) && entries.length > Number(Limit))) return false;
  if (!partial && entries.length !== asked.length) return false;
  return all(...entries.map((entry) => matchesEntry(asked, entry, known)));
}

function matchesEntry(stores: readonly Store[], entry: Output, known: Known): Condition {
  const store = stores.find(({ id }) => id === entry['CustomKeyStoreId']);
  return store !== undefined && matchesDescription(describedStore(store, known), entry);
}

function matchesKey({ stores }: Account, metadata: unknown, known: Known): Condition {
  if (typeof metadata !== 'object' || metadata === null) return false;
  const shown = metadata as Output;
  const store = stores.find(({ keys }) => keys.some(({ id }) => id === shown['KeyId']));
  const key = store?.keys.find(({ id }) => id === shown['KeyId']);
  return store !== undefined && key !== undefined && matchesDescription(describedKey(key, store, known), shown);
}

/** Members that the description does not speak of may be anything. */
function matchesDescription(description: Description, shown: Output): Condition {
  return all(
    ...Object.entries(description).map(([name, expected]): Condition => {
      const value = shown[name] ?? undefined;
      if (isShownList(expected)) return any(...expected.map((one) => fits(one, value) && one.when));
      return typeof value === 'object' && matchesDescription(expected, value as Output);
    }),
  );
}

const fits = ({ value }: Shown, observed: unknown): boolean =>
  value === anyValue ? observed !== undefined : value === observed;
