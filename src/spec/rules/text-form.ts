import type { InputOf } from '../inputs.ts';
import { masked } from '../properties.ts';
import type { RulesOf } from '../rule.ts';

type CreateOrUpdate = 'CreateCustomKeyStore' | 'UpdateCustomKeyStore';
type Both = Pick<InputOf<'CreateCustomKeyStore'>, 'KeyStorePassword' | 'XksProxyUriPath'>;

/** Forms that the text of the documents asks for, and the service model does not. */
export const textFormRules = {
  'password/not-alphanumeric': {
    says: 'The password of kmsuser has letters and digits only.',
    error: { answerTo: 'PASSWORD_CHARSET' },
    sources: [
      { page: 'G:create-keystore', says: 'no special characters' },
      { page: 'MODEL', says: 'gives a length and no pattern' },
    ],
    rejects: ({ input }) => {
      const { KeyStorePassword: password } = input as Both;
      return typeof password === 'string' && password !== masked && !/^[a-zA-Z0-9]*$/.test(password);
    },
  },
  'proxy-uri/not-version-1': {
    says: 'The path of the proxy ends in /kms/xks/v1.',
    error: { answerTo: 'URI_PATH_VERSION' },
    sources: [
      { page: 'API:CreateCustomKeyStore', says: 'the path ends so' },
      { page: 'MODEL', says: 'the pattern takes any version of one or two digits' },
    ],
    rejects: ({ input }) => {
      const { XksProxyUriPath: path } = input as Both;
      return typeof path === 'string' && !path.endsWith('/kms/xks/v1');
    },
  },
} as const satisfies RulesOf<CreateOrUpdate>;
