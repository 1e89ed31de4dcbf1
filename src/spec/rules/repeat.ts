import { all, type Condition } from '../condition.ts';
import type { InputOf } from '../inputs.ts';
import type { Store } from '../model.ts';
import { propertiesOfNew, typeOfNew } from '../properties.ts';
import type { Situation } from '../rule.ts';

/** The questions of what happens when CreateCustomKeyStore is repeated with the values of a store that exists. */
type RepeatQuestion = 'CREATE_HSM_IDEMPOTENT' | 'CREATE_HSM_IDEMPOTENT_SCOPE' | 'CREATE_XKS_IDEMPOTENT';

/** The store that a Create request repeats, and the question that decides what happens then. */
export interface Repeat {
  readonly store: Store;
  readonly question: RepeatQuestion;
}

/** Does the request repeat the creation of a store? */
export function repeatOf({ op, input, account, edition }: Situation): Repeat | undefined {
  if (op !== 'CreateCustomKeyStore') return undefined;
  const create = input as InputOf<'CreateCustomKeyStore'>;
  const wanted = propertiesOfNew(create, edition);
  for (const store of account.stores) {
    if (store.type !== typeOfNew(create)) continue;
    const has = store.properties;
    const same = (name: keyof typeof wanted) =>
      has[name] === wanted[name] || has[name] === null || wanted[name] === null;
    if (store.type === 'EXTERNAL_KEY_STORE') {
      const repeats = (
        ['CustomKeyStoreName', 'XksProxyUriEndpoint', 'XksProxyUriPath', 'XksProxyConnectivity'] as const
      ).every(same);
      if (repeats) return { store, question: 'CREATE_XKS_IDEMPOTENT' };
      continue;
    }
    if (store.connectionState !== 'DISCONNECTED' || !same('CustomKeyStoreName') || !same('CloudHsmClusterId')) continue;
    const exactly =
      !store.rotated &&
      (['TrustAnchorCertificate', 'secretMark'] as const).every(
        (name) => has[name] !== null && has[name] === wanted[name],
      );
    return { store, question: exactly ? 'CREATE_HSM_IDEMPOTENT' : 'CREATE_HSM_IDEMPOTENT_SCOPE' };
  }
  return undefined;
}

/** Does the repeated request get the ID of the store that exists? */
export function returnsExisting({ answered }: Situation, { question }: Repeat): Condition {
  return answered(question, 'RETURN_EXISTING_ID');
}

/** A collision with a store; if the request repeats that store's creation, only where the answer names this error. */
export function ifNotRepeated(
  situation: Situation,
  other: Store,
  choice: 'REJECT_NAME_IN_USE' | 'REJECT_CLUSTER_IN_USE' | 'REJECT_URI_IN_USE',
  clash: Condition,
): Condition {
  if (clash === false) return false;
  const repeat = repeatOf(situation);
  if (repeat?.store.id !== other.id) return clash;
  return all(clash, (situation.answered as (question: string, choice: string) => Condition)(repeat.question, choice));
}
