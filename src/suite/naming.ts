import { certificate, clusters, endpoints, externalKeys, paths, service } from '../machine/alphabet.ts';
import type { Request } from '../spec/inputs.ts';
import { membersOf } from '../spec/shapes.ts';
import type { WorldFile } from '../spec/world.ts';

/** A cluster, and the endpoint of a proxy, to which no store ever connects: there are some if a world declares them. */
export const failingCluster = 'cluster-fffffffffff';
export const failingEndpoint = 'https://failing.example';

/** The values of the alphabet, as the endpoint knows them: out of the world that was declared. */
export interface Declared {
  readonly values: ReadonlyMap<string, string>;
  /** Which of `failingCluster` and `failingEndpoint` the world has. */
  readonly failing: ReadonlySet<string>;
  /** How many stores there may be, if that is declared. */
  readonly quota?: number;
}

/** Finds in a world what stands for each value of the alphabet. What is not declared is made up. */
export function declaredIn({
  clusters: declared = {},
  proxies = {},
  endpointServices = {},
  externalKeys: keys = {},
  quota,
}: WorldFile): Declared {
  const values = new Map<string, string>();
  const failing = new Set<string>();
  const choose = (symbols: readonly string[], found: readonly string[]) =>
    symbols.forEach((symbol, index) => {
      const value = found[index];
      if (value !== undefined) values.set(symbol, value);
    });
  const usable = Object.entries(declared).filter(([, it]) => it.exists !== false && it.active !== false);
  const ready = usable.filter(([, it]) => connects(it) && it.configured !== false && (it.hsms ?? 2) >= 2);
  choose(
    clusters,
    ready.map(([id]) => id),
  );
  choose(
    [failingCluster],
    usable.filter(([, it]) => !connects(it)).map(([id]) => id),
  );
  const anchor = ready[0]?.[1].trustAnchor;
  if (anchor !== undefined) values.set(certificate, anchor);
  const healthy = Object.entries(proxies)
    .filter(([, { fault }]) => fault === null || fault === undefined)
    .map(([uri]) => splitUri(uri));
  choose(endpoints, [...new Set(healthy.map(([endpoint]) => endpoint))]);
  if (healthy[0] !== undefined) values.set(paths[0], healthy[0][1]);
  choose(
    [failingEndpoint],
    Object.entries(proxies)
      .filter(([, { fault }]) => fault === 'ACCESS_DENIED')
      .map(([uri]) => splitUri(uri)[0]),
  );
  choose(
    [service],
    Object.entries(endpointServices)
      .filter(([, it]) => it.exists !== false && it.configured !== false)
      .map(([name]) => name),
  );
  choose(
    externalKeys,
    Object.entries(keys)
      .filter(([, { fault }]) => fault === null || fault === undefined)
      .map(([id]) => id),
  );
  for (const symbol of [failingCluster, failingEndpoint]) if (values.has(symbol)) failing.add(symbol);
  // What is declared goes by its own name: it takes no mark of a sequence.
  const named = [...Object.keys(declared), ...Object.keys(endpointServices), ...Object.keys(keys)];
  for (const name of [...named, ...Object.keys(proxies).map((uri) => splitUri(uri)[0])])
    if (!values.has(name)) values.set(name, name);
  const most = quota?.customKeyStores;
  return { values, failing, ...(most === undefined ? {} : { quota: most }) };
}

const connects = ({
  kmsuser = 'ready',
  subnets = 'ready',
  hsms = 2,
}: NonNullable<WorldFile['clusters']>[string]): boolean => kmsuser === 'ready' && subnets === 'ready' && hsms >= 1;

/** The endpoint and the path of a proxy. */
export function splitUri(uri: string): readonly [string, string] {
  const [, endpoint = uri, path = paths[0]] = /^(https:\/\/[^/]+)(\/.*)$/.exec(uri) ?? [];
  return [endpoint, path];
}

/** A symbol for what a name begins with: all of the real one but its last letter. */
export const beginningOf = (name: string): string => `${name}${cut}`;
const cut = '…';

/**
 * Turns symbolic requests into real ones. Every value that has to be unique gets a mark of its own, so that what an
 * earlier sequence left behind is in nobody's way; stores and keys are named by their numbers until they have IDs.
 */
export class Naming {
  /** What all names of the sequence have in common. */
  readonly mark: string;
  readonly #number: number;
  readonly #declared: Declared;
  readonly #ids: Map<string, string>;

  /** @param tag the mark of the whole run; @param number the number of the sequence; @param ids what each symbol stands for */
  constructor(tag: string, number: number, declared: Declared, ids: Map<string, string> = new Map()) {
    this.#ids = ids;
    this.mark = tag + base32(number, 3);
    this.#number = number;
    this.#declared = declared;
  }

  /** From now on this symbol (`store-1`, `key-1`) stands for this ID. */
  learn(symbol: string, id: string): void {
    this.#ids.set(symbol, id);
  }

  /** The symbol of an ID. */
  symbolOf(id: string): string | undefined {
    return [...this.#ids].find(([, each]) => each === id)?.[0];
  }

  idOf(symbol: string): string | undefined {
    return this.#ids.get(symbol);
  }

  /** The request with real values. */
  of({ op, input }: Request): Request {
    return { op, input: this.#instance(input, op) } as Request;
  }

  #instance(input: object, op: Request['op']): object {
    return Object.fromEntries(Object.entries(input).map(([member, value]) => [member, this.#value(member, value, op)]));
  }

  #value(member: string, value: unknown, op: Request['op']): unknown {
    if (typeof value !== 'string' || value === '') return value;
    const declared = this.#declared.values.get(value);
    if (declared !== undefined) return declared;
    const marked = this.#marked(member, value);
    const max = membersOf(op)[member]?.max ?? Number.POSITIVE_INFINITY;
    return value.length <= max ? marked : value;
  }

  #marked(member: string, text: string): string {
    switch (member) {
      case 'CustomKeyStoreId':
      case 'KeyId':
      case 'SourceKeyId':
      case 'DestinationKeyId':
      case 'Marker':
      case 'CiphertextBlob':
        return this.#ids.get(text) ?? text;
      case 'CustomKeyStoreName':
      case 'NewCustomKeyStoreName':
        if (text.endsWith(cut)) return this.#marked(member, text.slice(0, -cut.length)).slice(0, -1);
        return text.length < 64 ? this.#longer(text) : this.#tail(text);
      case 'XksKeyId':
        return text.length < 100 ? this.#longer(text) : this.#tail(text);
      case 'CloudHsmClusterId':
        return /^cluster-[2-7a-zA-Z]{11,16}$/.test(text) ? this.#tail(text) : text;
      case 'XksProxyUriEndpoint':
        return this.#endpoint(text);
      case 'XksProxyVpcEndpointServiceName':
        return text.replace(/[0-9a-z]{9,}$/, (suffix) => this.#tail(suffix));
      default:
        return text;
    }
  }

  #endpoint(text: string): string {
    const [, host] = /^https:\/\/([a-zA-Z0-9.-]+)$/.exec(text) ?? [];
    if (host === undefined) return text;
    if (host.length < 4) return `https://${this.#short(host)}`;
    return host.length > 60
      ? `https://${this.mark}${host.slice(this.mark.length)}`
      : `https://${host.replace(/^[^.]*/, (label) => `${label}-${this.mark}`)}`;
  }

  #longer = (text: string): string => (text.length < 3 ? this.#short(text) : `${text}.${this.mark}`);

  #tail = (text: string): string => text.slice(0, -this.mark.length) + this.mark;

  /** Too short for a mark: other letters for another sequence. */
  #short = (text: string): string => base32(this.#number, text.length);
}

const digits = 'abcdefghijklmnopqrstuvwxyz234567';

/** The last digits of a number: letters and digits that every kind of name may have. */
export function base32(number: number, length: number): string {
  let text = '';
  for (let rest = number, i = 0; i < length; i++, rest = Math.floor(rest / 32)) text = digits.charAt(rest % 32) + text;
  return text;
}
