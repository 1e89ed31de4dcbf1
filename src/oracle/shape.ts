import type { Request } from '../spec/inputs.ts';
import { mark, masked } from '../spec/properties.ts';
import { membersOf } from '../spec/shapes.ts';
import type { HistoryEvent, Output } from './history.ts';
import { isOpaque, isPlainSecret, type Role, standIn } from './opaque.ts';
import type { Bound } from './rename.ts';

/** Members of inputs whose values matter by equality only. */
const inputRoles: Readonly<Record<string, Role>> = {
  CustomKeyStoreId: 'store',
  KeyId: 'key',
  NewCustomKeyStoreName: 'name',
  XksProxyUriEndpoint: 'endpoint',
  XksProxyVpcEndpointServiceName: 'service',
  XksKeyId: 'external key',
};

/** Members that matter by equality only where a store is created; where one is changed, more depends on them. */
const creationRoles: Readonly<Record<string, Role>> = {
  CustomKeyStoreName: 'name',
  CloudHsmClusterId: 'cluster',
  TrustAnchorCertificate: 'certificate',
};

/** Members of inputs of which nothing matters but that they are well formed, and how such a one looks. */
const fillings: Readonly<Record<string, RegExp>> = {
  Plaintext: /^[A-Za-z0-9+/]{8,4000}$/,
  CiphertextBlob: /^[A-Za-z0-9+/]{8,6000}$/,
  Description: /^[\w. -]{1,256}$/,
};
const longestLiteral = 400;

/**
 * What an event is, for a store with these values: one text for all events that differ only in values which stand in
 * the same places. Values that the store does not have yet are gathered.
 */
export class Shape {
  text = '';
  readonly values: string[] = [];
  readonly roles: Role[] = [];
  readonly marks: number[] = [];
  /** What else a fact may be about. */
  readonly literals: string[] = [];
  readonly #bound: Bound;
  readonly #present: ReadonlySet<string>;
  readonly #isPlain: boolean;

  /** `present`: values of the store that stand for themselves. */
  constructor(bound: Bound, present: ReadonlySet<string>, isPlain: boolean) {
    this.#bound = bound;
    this.#present = present;
    this.#isPlain = isPlain;
  }

  /** Reads an event about the store; says whether it is one whose like can be told. */
  read(event: HistoryEvent): boolean {
    if (!this.ask(event)) return false;
    const { status } = event as { readonly status?: number };
    if (status !== undefined) this.text += `#${status}`;
    if ('error' in event) {
      this.text += `!${event.error}`;
      return true;
    }
    return 'ok' in event && this.#output(event.op, event.ok);
  }

  /** The same for a request, before it is answered. */
  ask(request: Request): boolean {
    this.text = request.op;
    const input = request.input as Output;
    const members = membersOf(request.op);
    for (const member in input) {
      if (!Object.hasOwn(members, member) || !this.#input(request.op, member, input[member])) return false;
    }
    return true;
  }

  #input(op: HistoryEvent['op'], member: string, value: unknown): boolean {
    this.text += `|${member}:`;
    const created = op === 'CreateCustomKeyStore' ? creationRoles[member] : undefined;
    if (created !== undefined) return typeof value === 'string' && this.#value(created, value);
    if (typeof value !== 'string') {
      if (member === 'XksProxyAuthenticationCredential') return this.#credential(value);
      return member in inputRoles ? value === null && this.#literal(null) : this.#literal(value);
    }
    if (member === 'CloudHsmClusterId' || member === 'CustomKeyStoreName') return false;
    if (member === 'KeyId') return this.#key(value);
    const role = inputRoles[member];
    if (role !== undefined) return this.#value(role, value);
    if (member === 'KeyStorePassword') return this.#secret(member, value);
    if (fillings[member]?.test(value)) {
      this.text += '+';
      return true;
    }
    return this.#literal(value);
  }

  #key(value: string): boolean {
    if (!value.startsWith('arn:')) return this.#value('key', value);
    const end = value.indexOf(':key/') + 5;
    if (end < 5 || !/^arn:[^:]*:kms:[^:]*:[^:]*:key\/$/.test(value.slice(0, end))) return false;
    this.text += value.slice(0, end);
    return this.#value('key', value.slice(end));
  }

  #credential(value: unknown): boolean {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    for (const [member, inner] of Object.entries(value)) {
      this.text += `|${member}:`;
      if (typeof inner !== 'string') return false;
      if (member === 'AccessKeyId' ? !this.#value('access key', inner) : !this.#rawSecret(member, inner)) return false;
    }
    this.text += '}';
    return true;
  }

  #rawSecret(member: string, value: string): boolean {
    return member === 'RawSecretAccessKey' && this.#secret(member, value);
  }

  #secret(member: 'KeyStorePassword' | 'RawSecretAccessKey', value: string): boolean {
    if (value === masked) return this.#literal(value);
    if (!isPlainSecret(member, value)) return false;
    const is = mark(value) as number;
    if (this.#isPlain) return this.#value('secret', String(is));
    let place = this.#bound.marks.indexOf(is);
    if (place < 0) {
      place = this.marks.indexOf(is);
      if (place < 0) place = this.marks.push(is) - 1;
      place += this.#bound.marks.length;
    }
    this.text += `*${place}`;
    return this.#value('secret', String(is));
  }

  #literal(value: unknown): boolean {
    const text = JSON.stringify(value) as string | undefined;
    if (text === undefined || text.length > longestLiteral) return false;
    this.text += text;
    return true;
  }

  #value(role: Role, value: string): boolean {
    const { values, roles } = this.#bound;
    for (let place = 0; place < values.length; place++) {
      if (values[place] !== value) continue;
      this.text += standIn(place);
      return roles[place] === role;
    }
    for (let place = 0; place < this.values.length; place++) {
      if (this.values[place] !== value) continue;
      this.text += standIn(values.length + place);
      return this.roles[place] === role;
    }
    if (this.#present.has(value) || this.#isPlain || !isOpaque(role, value)) {
      if (this.#isCaseOf(value)) return false;
      this.literals.push(value);
      return this.#literal(value);
    }
    if (this.#isCaseOf(value)) return false;
    this.text += standIn(values.length + this.values.length);
    this.values.push(value);
    this.roles.push(role);
    return true;
  }

  /** Is it one of the values but for the case of its letters? */
  #isCaseOf(value: string): boolean {
    const lower = value.toLowerCase();
    const isCase = (other: string) => other !== value && other.length === value.length && other.toLowerCase() === lower;
    return (
      this.#bound.values.some(isCase) ||
      this.values.some(isCase) ||
      this.literals.some(isCase) ||
      [...this.#present].some(isCase)
    );
  }

  #output(op: HistoryEvent['op'], output: Output): boolean {
    switch (op) {
      case 'DescribeCustomKeyStores':
        return this.#list(output);
      case 'CreateKey':
      case 'DescribeKey':
        return this.#metadata(output['KeyMetadata']);
      case 'ConnectCustomKeyStore':
      case 'DisconnectCustomKeyStore':
      case 'UpdateCustomKeyStore':
      case 'DeleteCustomKeyStore':
        for (const _ in output) return false;
        this.text += '=';
        return true;
      case 'CreateCustomKeyStore':
        return this.#created(output);
      default:
        return this.#answer(output);
    }
  }

  #answer(output: Output): boolean {
    this.text += '=';
    for (const [member, role] of ofAnswer) {
      const value = output[member] ?? undefined;
      this.text += ',';
      if (value === undefined) continue;
      if (!(role === 'key' && typeof value === 'string' ? this.#key(value) : this.#literal(value))) return false;
    }
    if ((output['Plaintext'] ?? undefined) !== undefined) this.text += 'plain';
    return true;
  }

  #created({ CustomKeyStoreId: id, ...others }: Output): boolean {
    for (const _ in others) return false;
    this.text += '=';
    return typeof id === 'string' && this.#value('store', id);
  }

  #list({ CustomKeyStores, Truncated, NextMarker }: Output): boolean {
    if (!Array.isArray(CustomKeyStores) || CustomKeyStores.length !== 1) return false;
    if ((Truncated !== undefined && Truncated !== false) || (NextMarker !== undefined && NextMarker !== null))
      return false;
    const [entry] = CustomKeyStores as readonly unknown[];
    if (typeof entry !== 'object' || entry === null) return false;
    const shown = entry as Output;
    const { XksProxyConfiguration: proxy = null, CreationDate: date = null } = shown;
    this.text += date === null ? '=' : '=@';
    return (
      this.#shown(shown, ofStore) &&
      (proxy === null || (typeof proxy === 'object' && this.#shown(proxy as Output, ofProxy)))
    );
  }

  #metadata(shown: unknown): boolean {
    if (typeof shown !== 'object' || shown === null) return false;
    this.text += '=';
    const { XksKeyConfiguration: behind = null } = shown as Output;
    if (!this.#shown(shown as Output, ofKey)) return false;
    if (behind === null) return true;
    // It is not compared but with its absence, or as an object with an ID.
    if (typeof behind !== 'object') return false;
    return this.#shown(behind as Output, ofExternalKey);
  }

  #shown(shown: Output, members: readonly (readonly [string, Role | undefined])[]): boolean {
    for (const [member, role] of members) {
      const value = shown[member] ?? undefined;
      this.text += ',';
      if (value === undefined) continue;
      if (role !== undefined && typeof value === 'string') {
        if (!this.#value(role, value)) return false;
      } else if (!this.#literal(value)) return false;
    }
    this.text += ';';
    return true;
  }
}

/** What the specification says of each entry of a list, of its proxy, of the metadata of a key, and of other answers. */
const ofStore = [
  ['CustomKeyStoreId', 'store'],
  ['CustomKeyStoreName', 'name'],
  ['CustomKeyStoreType', undefined],
  ['ConnectionState', undefined],
  ['ConnectionErrorCode', undefined],
  ['KeyStorePassword', undefined],
  ['XksProxyAuthenticationCredential', undefined],
  ['CloudHsmClusterId', 'cluster'],
  ['TrustAnchorCertificate', 'certificate'],
] as const;
const ofProxy = [
  ['Connectivity', undefined],
  ['AccessKeyId', 'access key'],
  ['UriEndpoint', 'endpoint'],
  ['UriPath', undefined],
  ['VpcEndpointServiceName', 'service'],
  ['VpcEndpointServiceOwner', undefined],
  ['RawSecretAccessKey', undefined],
] as const;
const ofKey = [
  ['KeyId', 'key'],
  ['KeyState', undefined],
  ['Enabled', undefined],
  ['CustomKeyStoreId', 'store'],
  ['CloudHsmClusterId', 'cluster'],
  ['Origin', undefined],
] as const;
const ofExternalKey = [['Id', 'external key']] as const;
const ofAnswer = [
  ['KeyId', 'key'],
  ['KeyState', undefined],
  ['PendingWindowInDays', undefined],
] as const;
