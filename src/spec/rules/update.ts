import { isPrivate } from '../candidate.ts';
import { all, any, type Condition, not } from '../condition.ts';
import { cellOf, fieldsOf, refuses, type UpdateField } from '../eligibility.ts';
import { allSame, applicable, fieldsGiven, given, isClearing, isOfService, isSame, knowsOwner } from '../properties.ts';
import { remembered } from '../remembered.ts';
import type { RulesOf, Situation } from '../rule.ts';
import { inDoubt } from './arguments.ts';
import { sameText } from './uniqueness.ts';

type Update = Situation<'UpdateCustomKeyStore'>;

/** May the members change in the store's connection state? */
export const updateStateRules = {
  'update/in-state': {
    says: 'Each member changes its property only in the connection states that the table of eligibility gives it.',
    error: 'CustomKeyStoreInvalidStateException',
    sources: [
      { page: 'SEED', says: 'an AWS CloudHSM key store has to be DISCONNECTED to change at all' },
      {
        page: 'SEED',
        says: 'an external key store has to be DISCONNECTED to change all but name, credential and path',
      },
    ],
    contradictedBy: [
      { page: 'API:UpdateCustomKeyStore', says: 'from 2026 on a CONNECTED AWS CloudHSM key store can be renamed' },
      {
        page: 'API:UpdateCustomKeyStore',
        says: 'from 2026 on the text of the exception lets a CONNECTED store change its name only',
      },
      { page: 'G:update-xks-keystore', says: 'name, credential and path change in any connection state' },
    ],
    rejects: (situation) => any(...ownFields(situation).map((field) => refusedField(situation, field))),
  },
  'update/same-value': {
    says: 'At least one member gives another value than the store has.',
    error: { answerTo: 'UPDATE_SAME_VALUE' },
    sources: [
      {
        page: 'API:UpdateCustomKeyStore',
        says: 'giving the original cluster is fine; a name collides only with another store',
      },
    ],
    rejects: (situation) => {
      const { store, input } = situation;
      const fields = ownFields(situation);
      if (store === undefined || fields.length === 0) return false;
      // Another name than a name cannot be in use: that answer is one for requests that give a name.
      const named = any(
        fields.includes('NewCustomKeyStoreName'),
        not(situation.answered('UPDATE_SAME_VALUE', 'REJECT_NAME_IN_USE', 'REJECT_REPEATED_NAME')),
      );
      // "Invalid state" may be said only where the store would have to be DISCONNECTED.
      const isElsewhere = store.connectionState !== 'DISCONNECTED';
      const refused = any(isElsewhere, not(situation.answered('UPDATE_SAME_VALUE', 'REJECT_UNLESS_DISCONNECTED')));
      const counting = fields.map((field) => not(isIgnored(situation, field)));
      // Whether a member that is ignored counts as another value, no document says.
      const same = fields.map((field) => {
        const isNothing = all(isIgnored(situation, field), situation.holds('value.same', store.id, field));
        return any(isNothing, isSame(store, input, field, situation));
      });
      return any(
        all(named, refused, any(...counting), ...same),
        all(
          situation.answered('UPDATE_SAME_VALUE', 'REJECT_REPEATED_NAME'),
          fields.includes('NewCustomKeyStoreName') && isSame(store, input, 'NewCustomKeyStoreName', situation),
        ),
      );
    },
  },
} as const satisfies RulesOf<'UpdateCustomKeyStore'>;

/** Which members go with which store, and with each other? */
export const updateMemberRules = {
  'update/no-member': {
    says: 'Besides the ID, the request gives a member to change.',
    error: { answerTo: 'UPDATE_NO_OPTIONAL_FIELD' },
    sources: [{ page: 'MODEL', says: 'every member but the ID is optional' }],
    rejects: (situation) => {
      const { op, store, input, edition, answered, holds } = situation;
      if (store === undefined) return false;
      const fields = fieldsGiven(input, edition);
      // What is ignored is as good as not given, or counts as a member all the same.
      const isEmpty = all(...fields.map((field) => isIgnored(situation, field)));
      const counts = inDoubt(situation, fields.length > 0);
      // A DISCONNECTED store is in the state for every change: whether it is for none, no document says.
      const isReady = all(
        store.connectionState === 'DISCONNECTED',
        answered('UPDATE_NO_OPTIONAL_FIELD', 'REJECT_INVALID_STATE'),
        holds('arguments.valid', op),
      );
      return all(isEmpty, not(isReady), not(counts));
    },
  },
  'update/foreign-member': {
    says: 'Every member is a property of the type of the store.',
    error: { answerTo: 'UPDATE_WRONG_TYPE_FIELD' },
    sources: [{ page: 'API:UpdateCustomKeyStore', says: 'says of each member for which type it is valid' }],
    rejects: (situation) => {
      const { store, input, edition } = situation;
      return store !== undefined && fieldsGiven(input, edition).length > ownFields(situation).length;
    },
  },
  'update/switch-to-vpc-alone': {
    says: 'Who switches to VPC_ENDPOINT_SERVICE also gives the proxy endpoint and the endpoint service name.',
    error: { answerTo: 'UPDATE_CONNECTIVITY_TO_VPC_COMPANIONS' },
    sources: [{ page: 'API:UpdateCustomKeyStore', says: 'both have to come with the switch' }],
    rejects: (situation) =>
      switchesTo(situation, 'VPC_ENDPOINT_SERVICE') &&
      !(given(situation.input.XksProxyUriEndpoint) && given(situation.input.XksProxyVpcEndpointServiceName)),
  },
  'update/switch-to-public-alone': {
    says: 'Who switches to PUBLIC_ENDPOINT also gives the proxy endpoint.',
    error: ['ValidationException', 'XksProxyInvalidConfigurationException'],
    sources: [{ page: 'API:UpdateCustomKeyStore', says: 'the endpoint changes with the connectivity' }],
    rejects: (situation) => switchesTo(situation, 'PUBLIC_ENDPOINT') && !given(situation.input.XksProxyUriEndpoint),
  },
  'update/service-name-not-cleared': {
    says: 'Who switches to PUBLIC_ENDPOINT clears the endpoint service name: leaves it out, or gives null or nothing.',
    error: ['ValidationException', 'XksProxyInvalidConfigurationException'],
    sources: [{ page: 'API:UpdateCustomKeyStore', says: 'the service name has to be null or empty then' }],
    contradictedBy: [{ page: 'G:update-xks-keystore', says: 'the example leaves it out' }],
    rejects: (situation) =>
      switchesTo(situation, 'PUBLIC_ENDPOINT') &&
      !given(situation.input.XksProxyVpcEndpointServiceName) &&
      situation.answered('UPDATE_CONNECTIVITY_TO_PUBLIC_COMPANIONS', 'REJECT_MISSING_COMPANION'),
  },
  'update/service-named-on-switch': {
    says: 'Who switches to PUBLIC_ENDPOINT names no endpoint service, and no owner of one.',
    error: ['ValidationException', 'XksProxyInvalidConfigurationException'],
    sources: [{ page: 'API:UpdateCustomKeyStore', says: 'the service name has to be null or empty then' }],
    rejects: (situation) =>
      switchesTo(situation, 'PUBLIC_ENDPOINT') && namesService(situation) && mayBeWrong(situation),
  },
  'update/service-name-empty': {
    says: 'An empty endpoint service name clears it when a store becomes public, or stays so.',
    error: 'ValidationException',
    sources: [{ page: 'API:UpdateCustomKeyStore', says: 'empty is how to clear it' }],
    contradictedBy: [{ page: 'MODEL', says: 'a service name has at least 20 characters' }],
    // A store that is public already has none to clear; the documents speak of the switch, and the model of every value.
    rejects: (situation) =>
      isClearing(situation.input) &&
      any(
        situation.answered('UPDATE_CONNECTIVITY_TO_PUBLIC_COMPANIONS', 'REJECT_EMPTY_VALIDATION'),
        inDoubt(situation, true),
      ),
  },
  'update/switch-keeps-endpoint': {
    says: 'Who switches the connectivity gives another proxy endpoint than before.',
    error: { answerTo: 'UPDATE_SAME_ENDPOINT_ON_SWITCH' },
    sources: [{ page: 'API:UpdateCustomKeyStore', says: 'the endpoint has to change' }],
    rejects: (situation) => {
      const { store, input } = situation;
      if (store === undefined || !switchesTo(situation) || !given(input.XksProxyUriEndpoint)) return false;
      return any(
        isSame(store, input, 'XksProxyUriEndpoint', situation),
        sameText(situation, store, 'XksProxyUriEndpoint', input.XksProxyUriEndpoint, 'URI_CASE'),
      );
    },
  },
  'update/switch-without-owner': {
    says: 'Who switches to VPC_ENDPOINT_SERVICE may leave out the owner of the service.',
    error: ['ValidationException', 'XksProxyInvalidConfigurationException'],
    sources: [{ page: 'API:UpdateCustomKeyStore', says: 'the owner is optional' }],
    contradictedBy: [{ page: 'G:update-xks-keystore', says: 'lists the owner as required then' }],
    rejects: (situation) => {
      const { input, edition, answered } = situation;
      if (!switchesTo(situation, 'VPC_ENDPOINT_SERVICE') || !knowsOwner(edition)) return false;
      if (given(input.XksProxyVpcEndpointServiceOwner)) return false;
      return any(
        answered('UPDATE_VPC_OWNER_REQUIRED', 'REQUIRED'),
        answered('UPDATE_VPC_OWNER_DEFAULT_ON_SWITCH', 'REJECT_MISSING'),
      );
    },
  },
  'update/vpc-member-on-public': {
    says: 'Service name and owner are given only to a store with VPC_ENDPOINT_SERVICE, or that gets it.',
    error: { answerTo: 'UPDATE_VPC_FIELD_ON_PUBLIC_STORE' },
    sources: [{ page: 'API:UpdateCustomKeyStore', says: 'both are valid only with that connectivity' }],
    rejects: (situation) => {
      const { store, input } = situation;
      if (store?.type !== 'EXTERNAL_KEY_STORE' || !isPublicAfter({ store, input }) || switchesTo(situation))
        return false;
      // It has no service name to clear: an empty one may be one too many, or mean nothing.
      return namesService(situation) || inDoubt(situation, isClearing(input));
    },
  },
} as const satisfies RulesOf<'UpdateCustomKeyStore'>;

/** Does the request give an endpoint service, or an owner of one? */
const namesService = (situation: Update): boolean =>
  ownFields(situation).some((field) => isOfService(field)) &&
  !(isClearing(situation.input) && !given(situation.input.XksProxyVpcEndpointServiceOwner));

/** Who passes over a service of a public store may do so here; nobody has to. */
const mayBeWrong = (situation: Update): Condition =>
  any(not(situation.answered('UPDATE_VPC_FIELD_ON_PUBLIC_STORE', 'IGNORE_FIELD')), inDoubt(situation, true));

/** Does the request change the connectivity, to this one if it is named? */
export function switchesTo({ store, input }: Pick<Update, 'store' | 'input'>, connectivity?: string): boolean {
  const wanted = input.XksProxyConnectivity;
  if (store?.type !== 'EXTERNAL_KEY_STORE' || !given(wanted)) return false;
  const isSwitch = (wanted === 'VPC_ENDPOINT_SERVICE') !== isPrivate(store.properties);
  return isSwitch && (connectivity === undefined || wanted === connectivity);
}

/** The members that are properties of the store that the request names. */
const ownFields = remembered(({ store, input, edition }: Update): readonly UpdateField[] =>
  store === undefined ? [] : applicable(input, store, edition),
);

/** Is the member of another type of store, or of an endpoint service that the store does not have, and passed over? */
export function isIgnored(
  { store, input, answered }: Pick<Update, 'store' | 'input' | 'answered'>,
  field: UpdateField,
) {
  if (store === undefined) return false;
  if (!fieldsOf(store.type).includes(field)) return answered('UPDATE_WRONG_TYPE_FIELD', 'IGNORE_FIELD');
  const hasNoService = isOfService(field) && !isClearing(input) && isPublicAfter({ store, input });
  return hasNoService && answered('UPDATE_VPC_FIELD_ON_PUBLIC_STORE', 'IGNORE_FIELD');
}

/** Is it an external store that has a public endpoint, or will have one? */
const isPublicAfter = ({ store, input }: Pick<Update, 'store' | 'input'>): boolean =>
  (input.XksProxyConnectivity ?? store?.properties.XksProxyConnectivity) === 'PUBLIC_ENDPOINT';

/** Is the store in a state in which this member may not change, and does it change? */
export function refusedField(situation: Update, field: UpdateField): Condition {
  const { store, input, answered, holds } = situation;
  if (store === undefined) return false;
  const cell = cellOf(store.type, field, store.connectionState);
  if (cell === undefined || cell === 'allow') return false;
  // Whether a member that stays, or has no effect, counts beside members that change, no document says.
  const counts = holds('value.same', store.id, field);
  const stays = any(allSame(store, input, ownFields(situation), situation), counts);
  // Where a repeated name is refused, the documents leave open whether the state is, too.
  const passes = any(
    answered('UPDATE_SAME_VALUE', 'SUCCEED_NO_CHANGE'),
    all(answered('UPDATE_SAME_VALUE', 'REJECT_NAME_IN_USE', 'REJECT_REPEATED_NAME'), counts),
  );
  const same = all(isSame(store, input, field, situation), passes, stays);
  return all(refuses(cell, situation), not(any(same, all(isIgnored(situation, field), counts))));
}
