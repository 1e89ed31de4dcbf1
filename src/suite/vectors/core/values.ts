import * as alphabet from '../../../machine/alphabet.ts';
import type { InputOf } from '../../../spec/inputs.ts';
import { kept, type Script, type ScriptStep } from '../script.ts';
import {
  attempted,
  created,
  describe,
  describeAll,
  describeNamed,
  ok,
  otherService,
  remove,
  update,
} from './common.ts';

type Create = InputOf<'CreateCustomKeyStore'>;
const publicStore = (more: Partial<Create>): Create => ({ ...alphabet.publicStore(), ...more });
const at = (number: number): string => `https://${number}.example`;

/** Names of any characters, as long as can be, and such as a service might change before it keeps them. */
const names = ['Größe/Nr. 1', 'é'.repeat(256), 'Alpha', ' alpha ', 'alphabet'];

const keptNames: Script = {
  id: 'values/names',
  says: 'Stores are created with names of any characters, and show them as they were given',
  steps: names.flatMap((CustomKeyStoreName, number): readonly ScriptStep[] => [
    attempted(publicStore({ CustomKeyStoreName, XksProxyUriEndpoint: at(number) }), `store${number}`),
    describeAll,
  ]),
};
const newNames: Script = {
  id: 'values/new-names',
  says: 'A store gets names of any characters, and shows them as they were given',
  steps: [
    created(alphabet.publicStore()),
    ...names.flatMap((NewCustomKeyStoreName) => [update({ NewCustomKeyStoreName }), describe()]),
  ],
};

const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

/** What is not the same in other letters, and is kept in the letters that were given. */
const letters: Script = {
  id: 'values/letters',
  says: 'Hosts, paths and clusters in capitals beside the same in small letters; a certificate of several lines',
  steps: [
    ...[
      publicStore({ CustomKeyStoreName: 'paths', XksProxyUriPath: '/Other/kms/xks/v1' }),
      publicStore({ CustomKeyStoreName: 'other paths', XksProxyUriPath: '/other/kms/xks/v1' }),
      publicStore({ CustomKeyStoreName: 'host', XksProxyUriEndpoint: 'https://TWO.example' }),
      publicStore({ CustomKeyStoreName: 'parts', XksProxyUriPath: '/a/b/kms/xks/v1' }),
      {
        ...alphabet.cloudHsmStore('cluster', 'cluster-AAAAAAAAAAA'),
        CustomKeyStoreType: 'AWS_CLOUDHSM' as const,
        TrustAnchorCertificate: certificate,
      },
    ].map((input, number) => created(input, `store${number}`)),
    attempted({ ...alphabet.cloudHsmStore('null'), TrustAnchorCertificate: certificate, CustomKeyStoreType: null }),
    describeAll,
    ok(update({ XksProxyUriPath: '/A_1-z/9/kms/xks/v1' }, kept('store3'))),
    describe(kept('store3')),
  ],
};

const { CustomKeyStoreType: _, ...untyped } = alphabet.publicStore();
const privateStore = (XksProxyVpcEndpointServiceName: string) => ({
  ...alphabet.privateStore(),
  XksProxyVpcEndpointServiceName,
});

/** Each is almost well formed. */
const malformed: Script = {
  id: 'values/malformed',
  says: 'Values that are almost well formed, one in each request',
  steps: [
    attempted(untyped),
    attempted(publicStore({ XksProxyUriEndpoint: 'https://one.example ' })),
    attempted({ ...alphabet.publicStore(), XksProxyConnectivity: 'public_endpoint' }),
    attempted(privateStore('com.amazonaws.vpce.us-east-1.vpce-svc-0123456789ABCDEF0')),
    attempted(privateStore('com.amazonaws.vpce.us-1.vpce-svc-0123456789abcdef0')),
    ...['A'.repeat(20).concat(' '), '0'.repeat(20)].map((AccessKeyId) =>
      attempted(publicStore({ XksProxyAuthenticationCredential: { ...alphabet.credentials[0], AccessKeyId } })),
    ),
    attempted(privateStore('com.amazonaws.vpce.us-gov-east-1.vpce-svc-0123456789abcdef0'), 'store'),
    describeAll,
  ],
};

/** What refuses, or does not, by the answers to questions about the form of values. */
const disputed: Script = {
  id: 'values/disputed',
  says: 'Paths, passwords and names about whose form the documents do not agree',
  steps: [
    ...['/kms/xks/v12', '/kms/xks/v100', '/abc/kms/xks/v'].map((XksProxyUriPath, number) =>
      attempted(
        publicStore({ CustomKeyStoreName: `path ${number}`, XksProxyUriEndpoint: at(number), XksProxyUriPath }),
        `path${number}`,
      ),
    ),
    attempted({ ...alphabet.cloudHsmStore('password'), KeyStorePassword: 'password1 ' }, 'password'),
    attempted(publicStore({ CustomKeyStoreName: 'ALPHA', XksProxyUriEndpoint: at(8) }), 'capitals'),
    attempted(publicStore({ CustomKeyStoreName: 'alpha', XksProxyUriEndpoint: at(9) }), 'small'),
    describeNamed('alpha'),
    describeNamed('ALPHA'),
    describeAll,
  ],
};

/** How a store is found. */
const lookups: Script = {
  id: 'values/lookups',
  says: 'Stores are looked for by what is not their ID, or not their name',
  steps: [
    created(alphabet.publicStore()),
    created(publicStore({ CustomKeyStoreName: 'alphabet', XksProxyUriEndpoint: at(2) }), 'other'),
    describeNamed('alpha'),
    describeNamed('alph'),
    describe('alpha'),
    describe('cks-'),
    remove('cks-'),
    remove('alpha'),
    ok(remove()),
    describeNamed('alpha'),
    describe(),
    describeAll,
  ],
};

/** The endpoint service of a store that becomes public, and of one that gives its connectivity again. */
const services: Script = {
  id: 'values/services',
  says: 'An endpoint service is kept, and given up',
  steps: [
    created(alphabet.privateStore()),
    update({ XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE', XksProxyUriPath: alphabet.paths[1] }),
    describe(),
    ok(update({ XksProxyConnectivity: 'PUBLIC_ENDPOINT', XksProxyUriEndpoint: at(1) })),
    attempted({ ...alphabet.privateStore('beta'), XksProxyUriEndpoint: at(2) }, 'other'),
    update({ XksProxyUriEndpoint: at(3) }),
    update({ XksProxyVpcEndpointServiceName: otherService }),
    describeAll,
  ],
};

export const values: readonly Script[] = [keptNames, newNames, letters, malformed, disputed, lookups, services];
