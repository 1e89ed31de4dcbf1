import { existsSync } from 'node:fs';
import { devNull } from 'node:os';
import { resolve } from 'node:path';
import { loadSharedConfigFiles } from '@smithy/core/config';
import type { Credential } from '../wire/signature.ts';
import { readText } from './options.ts';
import { UsageError } from './usage-error.ts';

/**
 * The callers that are known: each value is a file of the form of ~/.aws/credentials, or an access key with its secret
 * (`ID:SECRET`). None: signatures are not checked.
 */
export async function readCredentials(given: readonly string[]): Promise<ReadonlyMap<string, Credential> | undefined> {
  if (given.length === 0) return undefined;
  const found = new Map<string, Credential>();
  for (const value of given) {
    const [, accessKeyId, secretAccessKey] = /^([\w-]{1,128}):(.+)$/s.exec(value) ?? [];
    if (accessKeyId !== undefined && secretAccessKey !== undefined && !existsSync(value)) {
      found.set(accessKeyId, { secretAccessKey });
    } else for (const [id, credential] of await fromFile(value)) found.set(id, credential);
  }
  return found;
}

async function fromFile(path: string): Promise<readonly (readonly [string, Credential])[]> {
  if (!existsSync(path))
    // not shown: it may be a secret without its ID
    throw new UsageError(
      '--credentials takes a file of the form of ~/.aws/credentials, or ID:SECRET. There is no such file',
    );
  readText(path); // says in one line what is wrong with the file
  const { credentialsFile: profiles = {} } = await loadSharedConfigFiles({
    filepath: resolve(path),
    configFilepath: devNull,
    ignoreCache: true,
  });
  const found = Object.values(profiles).flatMap((profile): (readonly [string, Credential])[] => {
    const { aws_access_key_id: id, aws_secret_access_key: secretAccessKey } = profile;
    const { aws_session_token: sessionToken, aws_account_id: account } = profile;
    if (id === undefined || secretAccessKey === undefined) return [];
    return [[id, { secretAccessKey, ...(sessionToken && { sessionToken }), ...(account && { account }) }]];
  });
  if (found.length > 0) return found;
  throw new UsageError(
    `${path}: no access keys. It needs profiles with aws_access_key_id and aws_secret_access_key, as in ~/.aws/credentials`,
  );
}
