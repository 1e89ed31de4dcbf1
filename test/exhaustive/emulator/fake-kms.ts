import type { ObservedOutcome, Output } from '../../../src/oracle/history.ts';
import type { Request } from '../../../src/spec/inputs.ts';
import { forms } from './constraints.ts';
import type { Choice, Mistake } from './variations.ts';

interface Proxy {
  Connectivity: string;
  AccessKeyId: string;
  UriEndpoint: string;
  UriPath: string;
  VpcEndpointServiceName?: string;
  VpcEndpointServiceOwner?: string;
}

interface Store {
  id: string;
  name: string;
  type: string;
  state: string;
  looks: number;
  connections: number;
  cluster?: string;
  certificate?: string;
  password?: string;
  proxy?: Proxy;
}

type Input = Readonly<Record<string, unknown>>;

/** A refusal on its way out. */
class Refused extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const invalidState = 'CustomKeyStoreInvalidStateException';

/**
 * An emulator as somebody writes one for the tests of a product: it shares nothing with the specification but the
 * names of AWS.
 */
export class FakeKms {
  readonly #stores = new Map<string, Store>();
  readonly #mistake: Mistake | undefined;
  readonly #choices: ReadonlySet<Choice>;
  readonly #ghosts = new Set<string>();
  #made = 0;

  constructor({ mistake, chosen = [] }: { readonly mistake?: Mistake; readonly chosen?: readonly Choice[] } = {}) {
    this.#mistake = mistake;
    this.#choices = new Set(chosen);
  }

  async send({ op, input }: Request): Promise<ObservedOutcome> {
    try {
      const ok = this.#answer(op, input as Input);
      return { ok: JSON.parse(JSON.stringify(ok)) as Output, status: 200 };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const broken = this.#has('invalid state has status 500') && error.code === invalidState;
      const missing = error.code === 'UnknownOperationException';
      return { error: error.code, status: broken ? 500 : missing ? 404 : 400, message: 'refused' };
    }
  }

  #has = (mistake: Mistake): boolean => this.#mistake === mistake;
  #chose = (choice: Choice): boolean => this.#choices.has(choice);

  #answer(op: string, input: Input): object {
    switch (op) {
      case 'CreateCustomKeyStore':
        return this.#create(input);
      case 'ConnectCustomKeyStore':
        return this.#connect(input);
      case 'DisconnectCustomKeyStore':
        return this.#disconnect(input);
      case 'UpdateCustomKeyStore':
        return this.#update(input);
      case 'DeleteCustomKeyStore':
        return this.#delete(input);
      case 'DescribeCustomKeyStores':
        return this.#describe(input);
      default:
        throw new Refused('UnknownOperationException');
    }
  }

  #create(input: Input): object {
    const has = this.#has;
    const isExternal = input['CustomKeyStoreType'] === 'EXTERNAL_KEY_STORE';
    this.#valid(input, 'create');
    const name = text(input['CustomKeyStoreName']);
    if (name === '') throw new Refused('ValidationException');
    const wanted = isExternal
      ? ['XksProxyUriEndpoint', 'XksProxyUriPath', 'XksProxyAuthenticationCredential', 'XksProxyConnectivity']
      : ['CloudHsmClusterId', 'TrustAnchorCertificate', 'KeyStorePassword'];
    const forgiven = [
      ...(has('create without certificate') ? ['TrustAnchorCertificate'] : []),
      ...(has('external store without credential') ? ['XksProxyAuthenticationCredential'] : []),
    ];
    for (const member of wanted)
      if (input[member] === undefined && !forgiven.includes(member)) throw new Refused('ValidationException');
    for (const member of Object.keys(input))
      if (
        member.startsWith('Xks') !== isExternal &&
        !['CustomKeyStoreName', 'CustomKeyStoreType', ...wanted].includes(member)
      )
        throw new Refused('ValidationException');
    const isPrivate = input['XksProxyConnectivity'] === 'VPC_ENDPOINT_SERVICE';
    if (isExternal && isPrivate !== (input['XksProxyVpcEndpointServiceName'] !== undefined))
      throw new Refused('ValidationException');
    if (input['XksProxyVpcEndpointServiceOwner'] !== undefined && !isPrivate) throw new Refused('ValidationException');
    const stores = [...this.#stores.values()];
    const twin = stores.find(
      (store) =>
        !isExternal &&
        store.name === name &&
        store.cluster === input['CloudHsmClusterId'] &&
        store.certificate === input['TrustAnchorCertificate'] &&
        store.password === input['KeyStorePassword'] &&
        store.state === 'DISCONNECTED',
    );
    if (twin !== undefined && !this.#chose('creation repeated is refused')) return { CustomKeyStoreId: twin.id };
    if (this.#named(name) !== undefined || this.#ghosts.has(name))
      throw new Refused('CustomKeyStoreNameInUseException');
    if (!isExternal) {
      const cluster = text(input['CloudHsmClusterId']);
      const taken = stores.some((store) => store.cluster === cluster) || this.#ghosts.has(cluster);
      if (taken && !has('cluster may be shared')) throw new Refused('CloudHsmClusterInUseException');
    } else this.#free(this.#proxyOf(input), undefined);
    this.#made += 1;
    const id = this.#chose('identifiers like AWS')
      ? `cks-${(this.#made + 0x1234567890).toString(16).padStart(17, 'a')}`
      : String(this.#made);
    this.#stores.set(id, {
      id,
      name,
      type: isExternal ? 'EXTERNAL_KEY_STORE' : 'AWS_CLOUDHSM',
      state: has('connected from the start') ? 'CONNECTED' : 'DISCONNECTED',
      looks: 0,
      connections: 0,
      ...(isExternal
        ? { proxy: this.#proxyOf(input) }
        : {
            cluster: text(input['CloudHsmClusterId']),
            certificate: text(input['TrustAnchorCertificate']),
            password: text(input['KeyStorePassword']),
          }),
    });
    return { CustomKeyStoreId: id };
  }

  #connect(input: Input): object {
    const store = this.#store(input, 'connect');
    const { state } = store;
    const tolerated = state === 'DISCONNECTING' && this.#has('connect while DISCONNECTING');
    if ((state === 'DISCONNECTING' || state === 'FAILED') && !tolerated) throw new Refused(invalidState);
    if (state !== 'DISCONNECTED' && !tolerated) {
      if (this.#chose('connect again is refused')) throw new Refused(invalidState);
      return {};
    }
    if (this.#has('connect forgets to connect')) return {};
    store.connections += 1;
    store.looks = 0;
    store.state = this.#chose('connects at once') ? this.#end(store) : 'CONNECTING';
    return {};
  }

  #end(store: Store): string {
    return this.#has('second connection never ends in CONNECTED') && store.connections > 1
      ? 'DISCONNECTED'
      : 'CONNECTED';
  }

  #disconnect(input: Input): object {
    const store = this.#store(input, 'disconnect');
    const forgiven = store.state === 'DISCONNECTED' && this.#has('disconnect of DISCONNECTED');
    if (store.state.startsWith('DISCONNECT') && !forgiven) throw new Refused(invalidState);
    if (forgiven) return {};
    store.looks = 0;
    store.state = this.#has('disconnect goes to FAILED')
      ? 'FAILED'
      : this.#chose('connects at once')
        ? 'DISCONNECTED'
        : 'DISCONNECTING';
    return {};
  }

  #delete(input: Input): object {
    if (this.#has('unknown store to delete succeeds') && !this.#stores.has(text(input['CustomKeyStoreId']))) {
      this.#valid(input, 'delete');
      if (text(input['CustomKeyStoreId']) !== '') return {};
    }
    const store = this.#store(input, 'delete');
    const forgiven =
      (store.state === 'CONNECTED' && this.#has('delete while CONNECTED')) ||
      (store.state === 'CONNECTING' && this.#has('delete while CONNECTING'));
    if (store.state !== 'DISCONNECTED' && !forgiven) throw new Refused(invalidState);
    if (this.#has('name is not freed by deletion')) this.#ghosts.add(store.name);
    if (this.#has('cluster is not freed by deletion')) this.#ghosts.add(store.cluster ?? '-');
    this.#stores.delete(store.id);
    if (this.#has('delete takes every store of the type'))
      for (const { id, type } of this.#stores.values()) if (type === store.type) this.#stores.delete(id);
    return this.#has('delete answers with the ID') ? { CustomKeyStoreId: store.id } : {};
  }

  #update(input: Input): object {
    const has = this.#has;
    const store = this.#store(input, 'update');
    const { proxy } = store;
    const isExternal = proxy !== undefined;
    const { CustomKeyStoreId: _, NewCustomKeyStoreName: newName, ...rest } = input;
    const given = Object.keys(input).filter((member) => member !== 'CustomKeyStoreId');
    if (given.length === 0 && this.#chose('update without member is refused')) throw new Refused('ValidationException');
    if (given.some((member) => member !== 'NewCustomKeyStoreName' && member.startsWith('Xks') !== isExternal))
      throw new Refused('ValidationException');
    const next = proxy && { ...proxy, ...this.#proxyOf(input, proxy) };
    if (proxy !== undefined && next !== undefined) {
      const switched = next.Connectivity !== proxy.Connectivity;
      const isPrivate = next.Connectivity === 'VPC_ENDPOINT_SERVICE';
      if (switched && (input['XksProxyUriEndpoint'] === undefined || next.UriEndpoint === proxy.UriEndpoint))
        throw new Refused('ValidationException');
      if (switched && isPrivate && text(input['XksProxyVpcEndpointServiceName']) === '')
        throw new Refused('ValidationException');
      if (!isPrivate && text(input['XksProxyVpcEndpointServiceName']) !== '') throw new Refused('ValidationException');
      if (!isPrivate && input['XksProxyVpcEndpointServiceOwner'] !== undefined)
        throw new Refused('ValidationException');
      if (switched && !isPrivate && !has('switch to public keeps the service name')) {
        delete next.VpcEndpointServiceName;
        delete next.VpcEndpointServiceOwner;
      }
    }
    const anywhere = isExternal ? ['NewCustomKeyStoreName', 'XksProxyUriPath', 'XksProxyAuthenticationCredential'] : [];
    const inState = (member: string): boolean => {
      if (store.state === 'DISCONNECTED' || has('update checks no state')) return true;
      if (store.state !== 'CONNECTED') return false;
      if (has('endpoint changes while CONNECTED') && member === 'XksProxyUriEndpoint') return true;
      if (member === 'NewCustomKeyStoreName' && this.#chose('rename while CONNECTED')) return true;
      return anywhere.includes(member);
    };
    if (!given.every(inState)) {
      if (has('refused update changes the name') && text(newName) !== '') store.name = text(newName);
      throw new Refused(invalidState);
    }
    if (this.#chose('same value is refused') && text(newName) === store.name)
      throw new Refused('CustomKeyStoreNameInUseException');
    const holder = text(newName) === '' ? undefined : this.#named(text(newName));
    if (holder !== undefined && holder !== store && !has('name may be taken by renaming'))
      throw new Refused('CustomKeyStoreNameInUseException');
    if (this.#ghosts.has(text(newName))) throw new Refused('CustomKeyStoreNameInUseException');
    const cluster = text(rest['CloudHsmClusterId']);
    if (cluster !== '' && cluster !== store.cluster) throw new Refused('CloudHsmClusterNotRelatedException');
    if (next !== undefined && given.some((member) => member.startsWith('Xks'))) this.#free(next, store);
    if (text(newName) !== '') {
      if (has('name is not freed by renaming') && text(newName) !== store.name) this.#ghosts.add(store.name);
      store.name = text(newName);
    }
    if (text(rest['KeyStorePassword']) !== '') store.password = text(rest['KeyStorePassword']);
    if (next !== undefined) {
      if (has('update forgets the path')) next.UriPath = proxy?.UriPath ?? '';
      if (has('credential update shows the old access key')) next.AccessKeyId = proxy?.AccessKeyId ?? '';
      store.proxy = next;
      if (has('update replaces the whole proxy configuration') && given.some((member) => member.startsWith('Xks')))
        store.proxy = this.#proxyOf(input);
    }
    return has('update answers with the store') ? { CustomKeyStoreId: store.id, CustomKeyStoreName: store.name } : {};
  }

  #describe(input: Input): object {
    this.#valid(input, 'describe');
    const { CustomKeyStoreId: id, CustomKeyStoreName: name, Limit: limit, Marker: marker } = input;
    if (id !== undefined && name !== undefined && !this.#has('both filters are taken'))
      throw new Refused('ValidationException');
    if (marker !== undefined && !/^page-\d+$/.test(text(marker))) throw new Refused('InvalidMarkerException');
    for (const store of this.#stores.values()) this.#looked(store);
    const found =
      id !== undefined
        ? [this.#stores.get(text(id))]
        : name !== undefined
          ? [this.#named(text(name))]
          : [...this.#stores.values()];
    if (found.includes(undefined)) {
      if (!this.#has('unknown store is described as nothing')) throw new Refused('CustomKeyStoreNotFoundException');
      return { CustomKeyStores: [], Truncated: false };
    }
    const from = Number(text(marker).slice(5) || 0);
    const most = (typeof limit === 'number' ? limit : 1000) + (this.#has('limit is ignored by half') ? 1 : 0);
    const to = Math.min(from + most, found.length);
    const Truncated = to < found.length;
    return {
      CustomKeyStores: found.slice(from, to).map((store) => this.#shown(store as Store)),
      Truncated,
      ...(Truncated ? { NextMarker: `page-${to}` } : {}),
    };
  }

  #looked(store: Store): void {
    store.looks += 1;
    if (store.looks < (this.#chose('connects when looked at twice') ? 3 : 2)) return;
    if (store.state === 'CONNECTING') store.state = this.#end(store);
    if (store.state === 'DISCONNECTING') store.state = 'DISCONNECTED';
  }

  #shown(store: Store): object {
    const has = this.#has;
    const { id, name, type, state, cluster, certificate, password, proxy } = store;
    return {
      CustomKeyStoreId: id,
      CustomKeyStoreName: name,
      ...(has('type is not shown') ? {} : { CustomKeyStoreType: type }),
      ConnectionState: has('state in small letters') ? state.toLowerCase() : state,
      CreationDate: 1_790_000_000,
      ...(cluster === undefined
        ? {}
        : {
            CloudHsmClusterId: cluster,
            ...(has('certificate is not shown') ? {} : { TrustAnchorCertificate: certificate }),
            ...(has('password is shown') ? { KeyStorePassword: password } : {}),
          }),
      ...(proxy && { XksProxyConfiguration: proxy }),
      ...(proxy && has('external store shows a cluster') ? { CloudHsmClusterId: 'cluster-1234567abcd' } : {}),
      ...(state === 'FAILED' ? { ConnectionErrorCode: 'INTERNAL_ERROR' } : {}),
    };
  }

  #store(input: Input, by: string): Store {
    this.#valid(input, by);
    const id = input['CustomKeyStoreId'];
    if (typeof id !== 'string') throw new Refused('ValidationException');
    const store = this.#stores.get(id);
    if (store !== undefined) return store;
    const odd = by === 'connect' && this.#has('unknown store to connect gives NotFoundException');
    throw new Refused(odd ? 'NotFoundException' : 'CustomKeyStoreNotFoundException');
  }

  #named(name: string): Store | undefined {
    const same = (one: string) =>
      this.#chose('names differ by case') ? one === name : one.toLowerCase() === name.toLowerCase();
    return [...this.#stores.values()].find((store) => same(store.name));
  }

  #proxyOf(input: Input, before?: Proxy): Proxy {
    const credential = (input['XksProxyAuthenticationCredential'] ?? {}) as { AccessKeyId?: string };
    const service = text(input['XksProxyVpcEndpointServiceName']) || before?.VpcEndpointServiceName;
    const owner = text(input['XksProxyVpcEndpointServiceOwner']) || (before?.VpcEndpointServiceOwner ?? '000000000000');
    return {
      Connectivity: text(input['XksProxyConnectivity']) || (before?.Connectivity ?? 'PUBLIC_ENDPOINT'),
      AccessKeyId: credential.AccessKeyId ?? before?.AccessKeyId ?? '',
      UriEndpoint: text(input['XksProxyUriEndpoint']) || (before?.UriEndpoint ?? ''),
      UriPath: text(input['XksProxyUriPath']) || (before?.UriPath ?? ''),
      ...(service === undefined ? {} : { VpcEndpointServiceName: service, VpcEndpointServiceOwner: owner }),
    };
  }

  /** Nobody else has the place of this proxy. */
  #free(proxy: Proxy, self: Store | undefined): void {
    for (const store of this.#stores.values()) {
      const theirs = store.proxy;
      if (store === self || theirs === undefined) continue;
      const isPrivate = [proxy, theirs].some(({ Connectivity }) => Connectivity === 'VPC_ENDPOINT_SERVICE');
      const shared = this.#has('endpoint and path may be shared');
      if (proxy.UriEndpoint === theirs.UriEndpoint && proxy.UriPath === theirs.UriPath && !shared)
        throw new Refused('XksProxyUriInUseException');
      if (proxy.UriEndpoint === theirs.UriEndpoint && isPrivate && !shared)
        throw new Refused('XksProxyUriEndpointInUseException');
      if (
        proxy.VpcEndpointServiceName !== undefined &&
        proxy.VpcEndpointServiceName === theirs.VpcEndpointServiceName &&
        !this.#has('service may be shared')
      )
        throw new Refused('XksProxyVpcEndpointServiceInUseException');
    }
  }

  #valid(input: Input, by: string): void {
    const create = by === 'create';
    for (const [member, value] of Object.entries(input)) {
      const form = forms[member];
      if (form === undefined) {
        if (this.#chose('refuses unknown members')) throw new Refused('ValidationException');
        continue;
      }
      if (create && member === 'CloudHsmClusterId' && this.#has('create with a bad cluster ID')) continue;
      if (create && member === 'KeyStorePassword' && this.#has('create with a short password')) continue;
      if (create && member === 'CustomKeyStoreName' && this.#has('create with a long name')) continue;
      if (!form(value)) throw new Refused('ValidationException');
    }
  }
}
