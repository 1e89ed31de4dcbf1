import type { Outcome } from '../machine/account.ts';
import { all, any, type Condition } from '../spec/condition.ts';
import {
  anyValue,
  type Description,
  describedAnswer,
  describedKey,
  isShownList,
  type Shown,
} from '../spec/description.ts';
import type { Request } from '../spec/inputs.ts';
import { keyIdsOf, withBareKeys } from '../spec/key-id.ts';
import type { Account } from '../spec/model.ts';
import type { Known } from '../spec/reading.ts';

type Output = Readonly<Record<string, unknown>>;

/** Members that an SDK adds to every answer, and a recorder may keep. */
const ofTransport: ReadonlySet<string> = new Set(['$metadata', 'ResponseMetadata']);

/** The first member of an answer that has none. */
export const surplusOf = (output: Output): string | undefined =>
  Object.keys(output).find((name) => !ofTransport.has(name));

const longestId = 64;
export const isStoreId = (id: unknown): boolean => typeof id === 'string' && id.length > 0 && id.length <= longestId;

/** Is this what an implementation in the state of the outcome may answer? */
export function matches(outcome: Outcome, request: Request, output: Output, known: Known, partial = false): Condition {
  switch (request.op) {
    case 'CreateCustomKeyStore':
      return partial || isStoreId(output['CustomKeyStoreId']);
    case 'DescribeCustomKeyStores':
      return true; // The list is judged store by store: see listing.ts.
    case 'CreateKey':
    case 'DescribeKey': {
      if (partial && output['KeyMetadata'] === undefined) return true;
      const matched = matchesKey(outcome.next, output['KeyMetadata'], known, partial);
      const isNew = request.op === 'CreateKey' && outcome.id !== undefined;
      // Whoever has just made a key has made its material.
      return isNew ? all(matched, known.holds('backingKey.exists', outcome.id)) : matched;
    }
    case 'ConnectCustomKeyStore':
    case 'DisconnectCustomKeyStore':
    case 'UpdateCustomKeyStore':
    case 'DeleteCustomKeyStore':
      return surplusOf(output) === undefined;
    default:
      return !isOfStore(outcome.next, request) || matchesDescription(describedAnswer(request), withBareKeys(output));
  }
}

/** Is the request about keys that are in a store that is known? */
const isOfStore = ({ stores }: Account, { input }: Request): boolean =>
  keyIdsOf(input).every((id) => stores.some(({ keys }) => keys.some((key) => key.id === id)));

function matchesKey({ stores }: Account, metadata: unknown, known: Known, partial: boolean): Condition {
  if (typeof metadata !== 'object' || metadata === null) return false;
  const shown = metadata as Output;
  const store = stores.find(({ keys }) => keys.some(({ id }) => id === shown['KeyId']));
  const [key, twin] = store?.keys.filter(({ id }) => id === shown['KeyId']) ?? [];
  if (store === undefined || key === undefined || twin !== undefined) return false; // an ID is that of one key
  return matchesDescription(describedKey(key, store, known), shown, partial);
}

/** Members that the description does not speak of may be anything. `partial`: those that do not show may be there. */
export function matchesDescription(description: Description, shown: Output, partial = false): Condition {
  return all(
    ...Object.entries(description).map(([name, expected]): Condition => {
      const value = shown[name] ?? undefined;
      if (partial && value === undefined) return true;
      if (isShownList(expected)) return any(...expected.map((one) => fits(one, value) && one.when));
      return typeof value === 'object' && matchesDescription(expected, value as Output, partial);
    }),
  );
}

const fits = ({ value }: Shown, observed: unknown): boolean =>
  value === anyValue ? observed !== undefined : value === observed;
