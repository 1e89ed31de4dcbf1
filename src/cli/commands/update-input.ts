import { fieldsOf, type UpdateField } from '../../spec/eligibility.ts';
import { malformations } from '../../spec/validate.ts';
import { readJson } from '../options.ts';
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
  const given = Object.entries(configuration);
  const unknown = given.find(([name]) => !Object.hasOwn(members, name));
  if (unknown !== undefined) {
    throw new UsageError(
      `${file}: ${JSON.stringify(unknown[0].slice(0, 60))} is no member of a proxy configuration file. Known: ${Object.keys(members).join(', ')}`,
    );
  }
  const input = { CustomKeyStoreId: id, ...Object.fromEntries(given) };
  const [wrong] = malformations('UpdateCustomKeyStore', input, '2026-04').filter(
    ({ member }) => member !== 'CustomKeyStoreId',
  );
  if (wrong !== undefined) throw new UsageError(`${file}: ${wrong.says}. Correct it, then try again`);
  printJson(masked(input));
  const missing = fieldsOf('EXTERNAL_KEY_STORE').filter((field) => !Object.hasOwn(configuration, field));
  if (missing.length > 0) say(`Not in the file, so not changed: ${missing.join(', ')}`);
  return 0;
}

function masked(input: Readonly<Record<string, unknown>>): object {
  const { XksProxyAuthenticationCredential: credential } = input;
  if (typeof credential !== 'object' || credential === null) return input;
  return { ...input, XksProxyAuthenticationCredential: { ...credential, RawSecretAccessKey: '***' } };
}
