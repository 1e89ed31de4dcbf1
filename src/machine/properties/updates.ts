import { describedKey, describedStore } from '../../spec/description.ts';
import { fieldsOf } from '../../spec/eligibility.ts';
import type { PropertyName, Store } from '../../spec/model.ts';
import { fieldsGiven, propertiesOf } from '../../spec/properties.ts';
import type { Known } from '../../spec/reading.ts';
import type { ConnectionState } from '../../spec/vocabulary.ts';
import { credentials, passwords } from '../alphabet.ts';
import type { Step } from '../explore.ts';
import type { Property } from '../property.ts';
import { isOp, moved, pairs } from './steps.ts';

/** What requests change, and what they leave alone. */
export const updates = {
  'refused-changes-nothing': {
    says: 'A refused request changes nothing.',
    holds: 'always',
    shownBy: 'refused-happens',
    ofStep: (step) => !isRefused(step) || step.before === step.after,
  },
  'refused-happens': { says: 'Some requests are refused.', holds: 'sometimes', ofStep: isRefused },
  'only-connect-and-disconnect-move': {
    says: 'Only ConnectCustomKeyStore, DisconnectCustomKeyStore and hidden steps change a connection state.',
    holds: 'always',
    shownBy: 'states-move',
    ofStep: (step) =>
      'step' in step.cause ||
      moved(step).length === 0 ||
      step.cause.op === 'ConnectCustomKeyStore' ||
      step.cause.op === 'DisconnectCustomKeyStore',
  },
  'update-keeps-state': {
    says: 'UpdateCustomKeyStore leaves the connection state as it is.',
    holds: 'always',
    shownBy: 'update-succeeds-while-connected',
    ofStep: (step) => !isOp(step, 'UpdateCustomKeyStore') || moved(step).length === 0,
  },
  'update-succeeds-while-connected': {
    says: 'Some property of an external key store changes while it is CONNECTED.',
    holds: 'sometimes',
    ofStep: (step) => isOp(step, 'UpdateCustomKeyStore') && changedWhile(step, 'CONNECTED', 'EXTERNAL_KEY_STORE'),
  },
  'frozen-while-connected': {
    says: 'Cluster, endpoint, connectivity and endpoint service stay as they are for as long as a store is CONNECTED.',
    holds: 'always',
    shownBy: 'update-succeeds-while-connected',
    ofStep: ({ before, after }) =>
      pairs(before, after).every(([was, is]) => was.connectionState !== 'CONNECTED' || sameProperties(was, is, frozen)),
  },
  'frozen-outside-disconnected': {
    says: 'These change only while the store is DISCONNECTED.',
    holds: 'always',
    shownBy: 'update-succeeds-while-connected',
    ofStep: ({ before, after }) =>
      pairs(before, after).every(
        ([was, is]) => was.connectionState === 'DISCONNECTED' || sameProperties(was, is, frozen),
      ),
  },
  'frozen-change-while-disconnected': {
    says: 'These do change while the store is DISCONNECTED.',
    holds: 'sometimes',
    ofStep: ({ before, after }) =>
      pairs(before, after).some(
        ([was, is]) => was.connectionState === 'DISCONNECTED' && !sameProperties(was, is, frozen),
      ),
  },
  immutable: {
    says: 'The type and the trust anchor certificate of a store never change.',
    holds: 'always',
    shownBy: 'frozen-change-while-disconnected',
    ofStep: ({ before, after }) =>
      pairs(before, after).every(
        ([was, is]) => was.type === is.type && sameProperties(was, is, ['TrustAnchorCertificate']),
      ),
  },
  'only-given-members-change': {
    says: 'An update changes only the properties that it gives; a switch to a public endpoint also clears the service.',
    holds: 'always',
    shownBy: 'frozen-change-while-disconnected',
    ofStep: ({ before, after, cause }) => {
      if (!('op' in cause) || cause.op !== 'UpdateCustomKeyStore') return true;
      const may = new Set(fieldsGiven(cause.input, '2026-04').flatMap((field) => propertiesOf[field]));
      if (cause.input.XksProxyConnectivity === 'PUBLIC_ENDPOINT') may.add('XksProxyVpcEndpointServiceName');
      if (cause.input.XksProxyConnectivity === 'VPC_ENDPOINT_SERVICE') may.add('XksProxyVpcEndpointServiceOwner');
      return pairs(before, after).every(([was, is]) => changedProperties(was, is).every((name) => may.has(name)));
    },
  },
  'one-store-at-a-time': {
    says: 'A request, or a hidden step, concerns one store and leaves the others alone.',
    holds: 'always',
    shownBy: 'two-stores',
    ofStep: ({ before, after }) => pairs(before, after).filter(([was, is]) => was !== is).length <= 1,
  },
  'no-secret-shown': {
    says: 'No answer shows a password or a secret access key.',
    holds: 'always',
    shownBy: 'secrets-are-given',
    of: ({ stores }, is) => stores.every((store) => !secrets.some((secret) => shownText(store, is).includes(secret))),
  },
  'no-secret-kept': {
    says: 'No state holds a password or a secret access key.',
    holds: 'always',
    shownBy: 'secrets-are-given',
    of: (account) => !secrets.some((secret) => JSON.stringify(account).includes(secret)),
  },
  'describe-changes-nothing': {
    says: 'DescribeCustomKeyStores and DescribeKey change nothing.',
    holds: 'always',
    shownBy: 'descriptions-happen',
    ofStep: (step) => !isDescription(step) || step.before === step.after,
  },
  'descriptions-happen': {
    says: 'DescribeCustomKeyStores and DescribeKey succeed.',
    holds: 'sometimes',
    ofStep: (step) => isDescription(step) && step.result === 'ok',
  },
  'states-move': {
    says: 'Requests change connection states.',
    holds: 'sometimes',
    ofStep: (step) => 'op' in step.cause && moved(step).length > 0,
  },
  'secrets-are-given': {
    says: 'Requests with a password or a secret access key succeed.',
    holds: 'sometimes',
    ofStep: ({ cause, result }) =>
      result === 'ok' && 'op' in cause && secrets.some((secret) => JSON.stringify(cause.input).includes(secret)),
  },
} as const satisfies Record<string, Property>;

const frozen = fieldsOf('EXTERNAL_KEY_STORE')
  .filter((field) => !['NewCustomKeyStoreName', 'XksProxyUriPath', 'XksProxyAuthenticationCredential'].includes(field))
  .concat('CloudHsmClusterId') as readonly (keyof Store['properties'])[];

const secrets: readonly string[] = [...passwords, ...credentials.map(({ RawSecretAccessKey }) => RawSecretAccessKey)];

function isRefused({ result }: Step): boolean {
  return typeof result === 'object';
}

const changedWhile = ({ before, after }: Step, state: ConnectionState, type: Store['type']): boolean =>
  pairs(before, after).some(
    ([was, is]) => was.type === type && was.connectionState === state && was.properties !== is.properties,
  );

const sameProperties = (a: Store, b: Store, names: readonly (keyof Store['properties'])[]): boolean =>
  names.every((name) => a.properties[name] === b.properties[name]);

const changedProperties = (was: Store, is: Store): readonly PropertyName[] =>
  [...new Set([...Object.keys(was.properties), ...Object.keys(is.properties)] as PropertyName[])].filter(
    (name) => was.properties[name] !== is.properties[name],
  );

const shownText = (store: Store, is: Known): string =>
  JSON.stringify([describedStore(store, is), store.keys.map((key) => describedKey(key, store, is))]);

const isDescription = (step: Step): boolean => isOp(step, 'DescribeCustomKeyStores') || isOp(step, 'DescribeKey');
