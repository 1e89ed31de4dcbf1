import { all, type Condition } from './condition.ts';
import type { Request } from './inputs.ts';
import { keyIdsOf } from './key-id.ts';
import type { Account } from './model.ts';
import { given } from './properties.ts';
import type { Known } from './reading.ts';
import type { Named, Situation } from './rule.ts';
import { malformations } from './validate.ts';

/** A request in the middle of an account, as the rules look at it. */
export function situationOf(account: Account, request: Request, known: Known): Situation & { elsewhere: Condition } {
  const input = request.input ?? {};
  const { CustomKeyStoreId } = input as { readonly CustomKeyStoreId?: unknown };
  const keyIds = keyIdsOf(input);
  const keys = keyIds.length === 0 ? [] : keysNamed(account, keyIds);
  const store = keys[0]?.store ?? account.stores.find(({ id }) => id === CustomKeyStoreId);
  return {
    ...known,
    op: request.op,
    input,
    account,
    store,
    keys,
    malformations: malformations(request.op, input, known.edition),
    elsewhere: isElsewhere(request, keyIds, keys, known),
  };
}

function keysNamed({ stores }: Account, ids: readonly string[]): readonly Named[] {
  return stores.flatMap((store) => store.keys.filter(({ id }) => ids.includes(id)).map((key) => ({ key, store })));
}

/** Is the request about keys outside custom key stores, of which this specification knows nothing? */
function isElsewhere(
  { op, input }: Request,
  keyIds: readonly string[],
  keys: readonly Named[],
  { holds }: Known,
): Condition {
  const unnamed = (op === 'Decrypt' || op === 'ReEncrypt') && keyIds.length < (op === 'Decrypt' ? 1 : 2);
  if (unnamed && keys.length === 0) return holds('key.elsewhere', op);
  if (op === 'CreateKey' || op === 'GenerateRandom') {
    const { CustomKeyStoreId: id } = input as { readonly CustomKeyStoreId?: unknown };
    return !given(id) && holds('key.elsewhere', op);
  }
  const strangers = keyIds.filter((id) => !keys.some(({ key }) => key.id === id));
  return strangers.length > 0 && keys.length === 0 && all(...strangers.map((id) => holds('key.elsewhere', id)));
}
