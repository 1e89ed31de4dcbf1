import { fieldsOf, type UpdateField } from '../../spec/eligibility.ts';
import type { InputOf } from '../../spec/inputs.ts';
import { given, isClearing, masked } from '../../spec/properties.ts';
import { withoutSecrets } from '../../spec/secrets.ts';
import { malformations } from '../../spec/validate.ts';
import { readJson, shown } from '../options.ts';
import { printJson, say } from '../output.ts';
import { UsageError } from '../usage-error.ts';

/** The members of a proxy configuration file, as the console reads it, and where UpdateCustomKeyStore takes them. */
const members: Readonly<Record<string, UpdateField>> = {
  XksProxyUriPath: 'XksProxyUriPath',
  XksProxyUriEndpoint: 'XksProxyUriEndpoint',
  XksProxyConnectivity: 'XksProxyConnectivity',
  XksProxyVpcEndpointServiceName: 'XksProxyVpcEndpointServiceName',
  XksProxyVpcEndpointServiceOwner: 'XksProxyVpcEndpointServiceOwner',
  XksProxyAuthenticationCredential: 'XksProxyAuthenticationCredential',
};

/**
 * The console takes a proxy configuration file, the operation does not (S11): this turns one into the other. Secrets
 * are masked in what it prints; fill them in where the request is made.
 */
export function run({ id }: { readonly id: string }, file: string): number {
  const configuration = readJson(file);
  if (typeof configuration !== 'object' || configuration === null || Array.isArray(configuration)) {
    throw new UsageError(
      `${file}: not a JSON object. A proxy configuration file is one with ${Object.keys(members).join(', ')}`,
    );
  }
  const unknown = Object.keys(configuration).find((name) => !Object.hasOwn(members, name));
  if (unknown !== undefined) {
    throw new UsageError(
      `${file}: ${JSON.stringify(unknown.slice(0, 60))} is no member of a proxy configuration file. Known: ${Object.keys(members).join(', ')}`,
    );
  }
  const input = { CustomKeyStoreId: storeIdIn(id), ...(configuration as Update) };
  const [wrong] = malformations('UpdateCustomKeyStore', input, '2026-04').filter(
    ({ member }) => !(member === 'XksProxyVpcEndpointServiceName' && isClearing(input)),
  );
  if (wrong !== undefined) throw new UsageError(`${file}: ${wrong.says}. Correct it, then try again`);
  printJson(withoutSecrets(input));
  if (given(input.XksProxyAuthenticationCredential)) {
    say(`No secret is printed: put RawSecretAccessKey in the place of ${masked} where the request is made`);
  }
  if (input.XksProxyConnectivity === 'PUBLIC_ENDPOINT') say(clearing);
  const missing = fieldsOf('EXTERNAL_KEY_STORE').filter((field) => !Object.hasOwn(configuration, field));
  if (missing.length > 0) say(`Not in the file, so not changed: ${missing.join(', ')}`);
  return 0;
}

type Update = Omit<InputOf<'UpdateCustomKeyStore'>, 'CustomKeyStoreId'>;

const clearing =
  'A store that becomes public loses its endpoint service name. The documents disagree whether to leave it out, ' +
  'or to send null or nothing: kms-cks explain UPDATE_CONNECTIVITY_TO_PUBLIC_COMPANIONS';

/** An ID as KMS gives them; the friendly name of a store is not accepted in its place. */
function storeIdIn(id: string): string {
  if (/^cks-[0-9a-zA-Z-]{1,60}$/.test(id)) return id;
  throw new UsageError(`--id takes the ID of a store, as in cks-1234567890abcdef0, not ${shown(id)}`);
}
