import { createHash, timingSafeEqual } from 'node:crypto';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Answer } from './answer.ts';
import { bytesFor } from './chance.ts';
import { defaultScope, type Scope } from './scope.ts';

/** A request as it came over the wire, as far as its signature covers it. */
export interface Signed {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

/** A caller that is known. */
export interface Credential {
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** The number of the AWS account. */
  readonly account?: string;
}

/** The Authorization header of Signature Version 4, taken apart. */
interface Authorization {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** How far the clock of a caller may be off, in milliseconds. */
const mostSkew = 5 * 60_000;

/** Whose request it is, by its signature, which is taken on trust. */
export function scopeOf({ headers }: Signed): Scope {
  const claimed = authorizationOf(headers);
  if (claimed === undefined || claimed.region === '') return defaultScope;
  return { owner: ownerOf(claimed.accessKeyId), region: claimed.region };
}

/** Whose request it is, if it is signed by one of these callers; otherwise why not. */
export async function authenticated(
  signed: Signed,
  credentials: ReadonlyMap<string, Credential>,
  now: number,
  of = 'kms',
): Promise<Scope | (Answer & { readonly error: string })> {
  if (one(signed.headers['authorization']) === undefined) {
    return refused('MissingAuthenticationTokenException', 'The request has no Authorization header');
  }
  const claimed = authorizationOf(signed.headers);
  const longDate = one(signed.headers['x-amz-date']) ?? '';
  const time = timeOf(longDate);
  if (claimed === undefined || time === undefined || !claimed.signedHeaders.includes('host')) {
    return refused('IncompleteSignatureException', 'Authorization or X-Amz-Date is not of the form of Signature V4');
  }
  const { accessKeyId, region, service, date, signedHeaders } = claimed;
  const credential = credentials.get(accessKeyId);
  const token = one(signed.headers['x-amz-security-token']);
  if (credential === undefined || token !== credential.sessionToken) {
    return refused('UnrecognizedClientException', 'The access key or the session token is not one that serve knows');
  }
  const wrong = (why: string) => refused('InvalidSignatureException', why);
  if (service !== of) return wrong(`The credential is not scoped to the service '${of}'`);
  if (!longDate.startsWith(date)) return wrong('The date of the credential is not that of X-Amz-Date');
  if (Math.abs(now - time) > mostSkew) return wrong('The clock of the caller is more than five minutes off');
  const unsigned = Object.keys(signed.headers).find(
    (name) => name.startsWith('x-amz-') && !signedHeaders.includes(name),
  );
  if (unsigned !== undefined) return wrong(`The header ${unsigned} is not signed`);
  const hash = one(signed.headers['x-amz-content-sha256']);
  if (hash !== undefined && hash !== createHash('sha256').update(signed.body).digest('hex')) {
    return wrong('X-Amz-Content-Sha256 is not the hash of the body');
  }
  const expected = await signatureOf(signed, claimed, credential, new Date(time));
  if (!isEqual(expected, claimed.signature)) return wrong('The signature does not fit the request and the secret');
  return { owner: credential.account ?? ownerOf(accessKeyId), region };
}

/** The signature that the caller should have made. */
async function signatureOf(signed: Signed, claimed: Authorization, credential: Credential, signingDate: Date) {
  const { accessKeyId, region, service, signedHeaders } = claimed;
  const { secretAccessKey } = credential;
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey },
    region,
    service,
    sha256: Sha256,
    applyChecksum: false,
  });
  const headers = Object.fromEntries(signedHeaders.map((name) => [name, one(signed.headers[name]) ?? '']));
  const { pathname, searchParams } = new URL(signed.path, 'http://localhost');
  const request = {
    method: signed.method,
    protocol: 'http:',
    hostname: 'localhost',
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers,
    body: signed.body,
  };
  const { headers: result } = await signer.sign(request, { signingDate, signableHeaders: new Set(signedHeaders) });
  return authorizationOf({ authorization: result['authorization'] })?.signature ?? '';
}

function authorizationOf(headers: Signed['headers']): Authorization | undefined {
  const [, text] = /^AWS4-HMAC-SHA256\s+(.*)$/s.exec(one(headers['authorization']) ?? '') ?? [];
  if (text === undefined) return undefined;
  const parts = Object.fromEntries(text.split(',').map((part) => part.trim().split(/=(.*)/s, 2)));
  const { Credential: credential = '', SignedHeaders: signedHeaders = '', Signature: signature = '' } = parts;
  const scope = String(credential).split('/');
  const [date = '', region = '', service = '', end] = scope.slice(-4);
  const accessKeyId = scope.slice(0, -4).join('/');
  if (accessKeyId === '' || end !== 'aws4_request' || signedHeaders === '' || signature === '') return undefined;
  return {
    accessKeyId,
    date,
    region,
    service,
    signedHeaders: String(signedHeaders).toLowerCase().split(';'),
    signature,
  };
}

/**
 * The account of an access key: one of twelve digits is the number itself, as emulators have it; one of AWS's own form
 * holds the number, so that the keys of one account stay together; any other stands for an account of its own.
 */
function ownerOf(accessKeyId: string): string {
  if (/^\d{12}$/.test(accessKeyId)) return accessKeyId;
  const [, encoded] = /^(?:AKIA|ASIA)([A-Z2-7]{16})$/.exec(accessKeyId) ?? [];
  if (encoded === undefined) return numbered(bytesFor(8, 0, 'account', accessKeyId).readBigUInt64BE());
  let bits = 0n; // ten letters of base 32; the number is in 40 of their 50 bits
  for (const letter of encoded.slice(0, 10)) bits = (bits << 5n) | BigInt(base32.indexOf(letter));
  return numbered((bits >> 9n) & 0xff_ffff_ffffn);
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const numbered = (value: bigint): string => String(value % 1_000_000_000_000n).padStart(12, '0');

/** `20261124T181036Z` in epoch milliseconds. */
function timeOf(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match.map(Number) as [number, ...number[]];
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
}

function isEqual(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}

const one = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'object' ? value.join(',') : value;

const refused = (error: string, message: string) => ({ error, message });
