import { all, any, type Condition, not } from '../condition.ts';
import type { InputOf } from '../inputs.ts';
import type { PropertyName, Store } from '../model.ts';
import { propertiesOfNew, typeOfNew } from '../properties.ts';
import type { Situation } from '../rule.ts';
import type { StoreType } from '../vocabulary.ts';
import { inDoubt } from './arguments.ts';

/** The questions of what happens when CreateCustomKeyStore is repeated with the values of a store that exists. */
type RepeatQuestion = 'CREATE_HSM_IDEMPOTENT' | 'CREATE_HSM_IDEMPOTENT_SCOPE' | 'CREATE_XKS_IDEMPOTENT';

/** The store that a Create request repeats, if it does, and the question that decides what happens then. */
export interface Repeat {
  readonly store: Store;
  readonly question: RepeatQuestion;
  /** Open where a value of the store has not been seen. */
  readonly when: Condition;
}

/** Does the request repeat the creation of a store? */
export function repeatOf(situation: Situation): Repeat | undefined {
  const { op, input, account, edition } = situation;
  if (op !== 'CreateCustomKeyStore') return undefined;
  const create = input as InputOf<'CreateCustomKeyStore'>;
  const wanted = propertiesOfNew(create, edition);
  for (const store of account.stores) {
    if (store.type !== typeOfNew(create)) continue;
    const isHsm = store.type === 'AWS_CLOUDHSM';
    if (isHsm && store.connectionState !== 'DISCONNECTED') continue;
    const when = all(...identifying[store.type].map((name) => hasValue(situation, store, name, wanted[name])));
    if (when === false) continue;
    if (!isHsm) return { store, question: 'CREATE_XKS_IDEMPOTENT', when };
    const has = store.properties;
    const exactly =
      !store.rotated &&
      (['TrustAnchorCertificate', 'secretMark'] as const).every(
        (name) => has[name] !== null && has[name] === wanted[name],
      );
    return { store, question: exactly ? 'CREATE_HSM_IDEMPOTENT' : 'CREATE_HSM_IDEMPOTENT_SCOPE', when };
  }
  return undefined;
}

/** What a repeated request has in common with the store that exists. */
const identifying = {
  AWS_CLOUDHSM: ['CustomKeyStoreName', 'CloudHsmClusterId'],
  EXTERNAL_KEY_STORE: ['CustomKeyStoreName', 'XksProxyUriEndpoint', 'XksProxyUriPath', 'XksProxyConnectivity'],
} as const satisfies Record<StoreType, readonly PropertyName[]>;

function hasValue({ holds }: Situation, { id, properties }: Store, name: PropertyName, wanted: unknown): Condition {
  const value = properties[name];
  return value === null || wanted === null ? holds('value.same', id, name) : value === wanted;
}

/** Does the repeated request get the ID of the store that exists? */
export function returnsExisting({ answered }: Situation, { question, when }: Repeat): Condition {
  return all(when, answered(question, 'RETURN_EXISTING_ID'));
}

/** A collision with a store; if the request repeats that store's creation, only where an answer stands for this error. */
export function ifNotRepeated(
  situation: Situation,
  other: Store,
  choices: readonly ('REJECT_NAME_IN_USE' | 'REJECT_CLUSTER_IN_USE' | 'REJECT_URI_IN_USE')[],
  clash: Condition,
): Condition {
  if (clash === false) return false;
  const repeat = repeatOf(situation);
  if (repeat?.store.id !== other.id) return clash;
  const answered = situation.answered as (question: string, ...choices: readonly string[]) => Condition;
  const named = answered(repeat.question, ...choices);
  return all(clash, any(not(repeat.when), named));
}

/** May a request be answered with the store that exists before anything outside is looked at? No document says. */
export function skipsChecks(situation: Situation): Condition {
  const repeat = repeatOf(situation);
  return repeat !== undefined && all(returnsExisting(situation, repeat), inDoubt(situation, true));
}
