import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Request } from '../spec/inputs.ts';
import type { ProxyFaultName } from '../spec/proxy-faults.ts';
import type { AskedProxy } from './asked-proxies.ts';

/** The name of the service in the signature of a request to a proxy. */
const proxyService = 'kms-xks-proxy';

export interface LiveProxiesOptions {
  /** Where an endpoint really stands, if not where its name says: `https://proxy.example` at `http://localhost:9000`. */
  readonly at?: ReadonlyMap<string, URL>;
  /** Within how many milliseconds an answer is due. */
  readonly timeout?: number;
}

/** Asks proxies for their health as KMS does: GetHealthStatus, signed, answered within 250 milliseconds. */
export class LiveProxies {
  readonly #at: ReadonlyMap<string, URL>;
  readonly #timeout: number;
  /** Secrets by access key. They are held in memory only, so after a restart they are not known. */
  readonly #secrets = new Map<string, string>();

  constructor({ at = new Map(), timeout = 250 }: LiveProxiesOptions = {}) {
    this.#at = at;
    this.#timeout = timeout;
  }

  /** Takes the credential that a request gives. */
  learn({ op, input }: Request): void {
    if (op !== 'CreateCustomKeyStore' && op !== 'UpdateCustomKeyStore') return;
    const { AccessKeyId: id, RawSecretAccessKey: secret } = input.XksProxyAuthenticationCredential ?? {};
    if (typeof id === 'string' && typeof secret === 'string') this.#secrets.set(id, secret);
  }

  /** The fault that a proxy shows; null if it shows none, undefined if its secret is not known. */
  async faultOf(
    { uri, accessKeyId }: AskedProxy,
    op: string,
    region: string,
  ): Promise<ProxyFaultName | null | undefined> {
    const secretAccessKey = this.#secrets.get(accessKeyId);
    if (secretAccessKey === undefined || !URL.canParse(uri)) return undefined;
    const named = new URL(`${uri}/health`);
    const body = JSON.stringify({ requestMetadata: { kmsOperation: op, kmsRequestId: randomUUID() } });
    const signer = new SignatureV4({
      credentials: { accessKeyId, secretAccessKey },
      region,
      service: proxyService,
      sha256: Sha256,
      applyChecksum: false,
    });
    const { headers } = await signer.sign({
      method: 'POST',
      protocol: named.protocol,
      hostname: named.hostname,
      path: named.pathname,
      headers: { host: named.host },
      body,
    });
    return this.#ask(
      named,
      { ...headers, 'content-type': 'application/json', 'content-length': `${body.length}` },
      body,
    );
  }

  #ask(named: URL, headers: Readonly<Record<string, string>>, body: string): Promise<ProxyFaultName | null> {
    const address = this.#at.get(named.origin) ?? named;
    return new Promise((resolve) => {
      const timer = setTimeout(() => end('TIMED_OUT'), this.#timeout);
      const request = (address.protocol === 'https:' ? httpsRequest : httpRequest)({
        method: 'POST',
        hostname: address.hostname.replace(/^\[|\]$/g, ''),
        port: address.port,
        path: named.pathname,
        headers,
        agent: false,
      });
      const end = (fault: ProxyFaultName | null) => {
        clearTimeout(timer);
        request.destroy();
        resolve(fault);
      };
      request.on('error', (error) => end(ofError(error)));
      request.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
          if (text.length > mostText) end('UNINTELLIGIBLE_ANSWER');
        });
        response.on('error', () => end('UNINTELLIGIBLE_ANSWER'));
        response.on('end', () => end(ofAnswer(response.statusCode ?? 0, text)));
      });
      request.end(body);
    });
  }
}

const mostText = 1 << 20;

const unreached = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'];

/** What is not the network is the TLS session. */
const ofError = ({ code = '' }: NodeJS.ErrnoException): ProxyFaultName => {
  if (code.startsWith('HPE_')) return 'UNINTELLIGIBLE_ANSWER';
  return unreached.includes(code) ? 'NO_TCP_CONNECTION' : 'TLS_FAILURE';
};

function ofAnswer(status: number, text: string): ProxyFaultName | null {
  const answer = parsed(text);
  if (status !== 200) return faultsByError[String(answer?.['errorName'])] ?? 'UNINTELLIGIBLE_ANSWER';
  const instances = answer?.['ekmFleetDetails'];
  if (!Array.isArray(instances)) return 'UNINTELLIGIBLE_ANSWER';
  const states = instances.map((each) => (each as { readonly healthStatus?: unknown } | null)?.healthStatus);
  return states.length > 0 && states.every((state) => state === 'UNAVAILABLE') ? 'ALL_INSTANCES_UNAVAILABLE' : null;
}

const faultsByError: Readonly<Record<string, ProxyFaultName>> = {
  AuthenticationFailedException: 'AUTHENTICATION_FAILED',
  InvalidUriPathException: 'INVALID_URI_PATH',
  ThrottlingException: 'OVERLOADED',
  DependencyTimeoutException: 'OVERLOADED',
  AccessDeniedException: 'ACCESS_DENIED',
};

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
