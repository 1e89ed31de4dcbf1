import { certificate, externalKeys } from '../machine/alphabet.ts';
import type { Request } from '../spec/inputs.ts';
import { type Operation, storeOperations } from '../spec/vocabulary.ts';
import type { WorldFile } from '../spec/world.ts';
import { creationOf, nobodysStore } from './goals.ts';
import { splitUri } from './naming.ts';
import type { Run } from './run.ts';
import type { Script } from './scripts.ts';

/** Every cluster, proxy and service that a world declares to be unlike others, tried once; and what it denies. */
export function worldScripts(world: WorldFile): readonly Script[] {
  const { clusters = {}, proxies = {}, endpointServices = {}, caller, quota } = world;
  const odd = Object.keys(clusters);
  const faulty = Object.entries(proxies).flatMap(([uri, { fault }]) => (typeof fault === 'string' ? [uri] : []));
  const services = Object.entries(endpointServices).flatMap(([name, { exists, configured }]) =>
    exists === false || configured === false ? [name] : [],
  );
  return [
    ...odd.map((id) =>
      lifeOf(`the cluster ${id}`, { ...creationOf.AWS_CLOUDHSM(), CloudHsmClusterId: id, ...anchor(world, id) }),
    ),
    ...(odd.length === 0 ? [] : [wrongAnchor(odd), changesOfCluster(world, odd)]),
    ...faulty.flatMap((uri) => [
      lifeOf(`the proxy ${uri}`, { ...creationOf.PUBLIC_ENDPOINT(), ...at(uri) }),
      lifeOf(`the private proxy ${uri}`, { ...creationOf.VPC_ENDPOINT_SERVICE(), ...at(uri) }),
    ]),
    ...(faulty.length === 0 ? [] : [changesOfProxy(faulty)]),
    ...services.map((name) =>
      lifeOf(`the service ${name}`, { ...creationOf.VPC_ENDPOINT_SERVICE(), XksProxyVpcEndpointServiceName: name }),
    ),
    ...(caller?.denied === undefined || caller.denied.length === 0 ? [] : [denied(caller.denied)]),
    ...(quota?.customKeyStores === undefined ? [] : [full(quota.customKeyStores)]),
  ];
}

/** The same for external keys and for proxies that fail while keys are in use. The stores stay behind. */
export function worldKeyScripts({ externalKeys: keys = {}, proxies = {} }: WorldFile): readonly Script[] {
  const faultyKeys = Object.entries(keys).flatMap(([id, { fault }]) => (typeof fault === 'string' ? [id] : []));
  const faulty = Object.entries(proxies).flatMap(([uri, { fault }]) => (typeof fault === 'string' ? [uri] : []));
  // Several paths of one endpoint: a store can go from one to the other while it is connected.
  const endpoints = [...new Set(faulty.map((uri) => splitUri(uri)[0]))];
  const shared = endpoints.find((one) => faulty.filter((uri) => splitUri(uri)[0] === one).length > 1);
  const paths = faulty.flatMap((uri) => (splitUri(uri)[0] === shared ? [splitUri(uri)[1]] : []));
  if (faultyKeys.length === 0 && paths.length === 0) return [];
  return [keysThatFail(faultyKeys, shared, paths)];
}

const at = (uri: string) => {
  const [XksProxyUriEndpoint, XksProxyUriPath] = splitUri(uri);
  return { XksProxyUriEndpoint, XksProxyUriPath };
};

const anchor = ({ clusters = {} }: WorldFile, id: string) => {
  const TrustAnchorCertificate = clusters[id]?.trustAnchor;
  return TrustAnchorCertificate === undefined ? {} : { TrustAnchorCertificate };
};

const onStore = (
  op: 'ConnectCustomKeyStore' | 'DisconnectCustomKeyStore' | 'DeleteCustomKeyStore',
  CustomKeyStoreId: string,
): Request => ({ op, input: { CustomKeyStoreId } });

/** A store from its creation to its end, as far as it gets. */
const lifeOf = (name: string, input: object): Script => ({
  name,
  play: async (run) => {
    const store = await run.create(input);
    if (store === undefined) return;
    await run.look(store);
    await run.send(onStore('ConnectCustomKeyStore', store));
    if ((await run.settle(store)) === 'FAILED') await run.send(onStore('ConnectCustomKeyStore', store));
  },
});

/** The certificate of nobody. */
const wrongAnchor = (clusters: readonly string[]): Script => ({
  name: 'certificates of other clusters',
  play: async (run) => {
    for (const CloudHsmClusterId of clusters)
      await trial(run, {
        ...creationOf.AWS_CLOUDHSM(),
        CloudHsmClusterId,
        TrustAnchorCertificate: `not the ${certificate}`,
      });
  },
});

/** A store that is to move to each of the clusters. */
const changesOfCluster = (world: WorldFile, clusters: readonly string[]): Script => ({
  name: 'changes of the cluster',
  play: async (run) => {
    const usable = clusters.filter((id) => {
      const { exists, active, configured, hsms = 2 } = world.clusters?.[id] ?? {};
      return exists !== false && active !== false && configured !== false && hsms > 1;
    });
    for (const first of usable.slice(0, 2)) {
      const store = await run.create({
        ...creationOf.AWS_CLOUDHSM(),
        CloudHsmClusterId: first,
        ...anchor(world, first),
      });
      if (store === undefined) continue;
      for (const CloudHsmClusterId of clusters) {
        await run.send({ op: 'UpdateCustomKeyStore', input: { CustomKeyStoreId: store, CloudHsmClusterId } });
        await run.look(store);
      }
      await run.send(onStore('DeleteCustomKeyStore', store));
    }
  },
});

/** A healthy store of either connectivity that is to move to each of the faulty proxies. */
const changesOfProxy = (uris: readonly string[]): Script => ({
  name: 'changes of the proxy',
  play: async (run) => {
    for (const variant of ['PUBLIC_ENDPOINT', 'VPC_ENDPOINT_SERVICE'] as const) {
      const store = await run.create(creationOf[variant]());
      if (store === undefined) continue;
      for (const uri of uris) {
        await run.send({ op: 'UpdateCustomKeyStore', input: { CustomKeyStoreId: store, ...at(uri) } });
        await run.look(store);
      }
      await run.send(onStore('DeleteCustomKeyStore', store));
    }
  },
});

/** What the caller may not do. */
const denied = (operations: readonly Operation[]): Script => ({
  name: 'what the caller may not do',
  play: async (run) => {
    const store = (await run.create(creationOf.AWS_CLOUDHSM())) ?? nobodysStore;
    for (const op of operations) {
      if (op === 'CreateCustomKeyStore' || op === 'CreateKey') continue;
      const input = (storeOperations as readonly Operation[]).includes(op)
        ? { CustomKeyStoreId: store }
        : op === 'GenerateRandom'
          ? { NumberOfBytes: 32, CustomKeyStoreId: store }
          : { KeyId: '00000000-0000-0000-0000-000000000000' };
      await run.send({ op, input } as Request);
    }
  },
});

/** As many stores as the quota allows, and one more. */
const full = (quota: number): Script => ({
  name: 'the quota',
  play: async (run) => {
    const room = run.lab.room;
    if (quota >= room || !run.lab.seesAll) return; // What others have counts too, and the sequence knows nothing of it.
    for (let made = 0; made <= quota; made++) {
      const letter = String.fromCharCode(97 + made);
      const store = await run.create({
        ...creationOf.PUBLIC_ENDPOINT(`full-${letter}`),
        XksProxyUriEndpoint: `https://full-${letter}.example`,
      });
      if (store === undefined) return;
    }
  },
});

const keysThatFail = (
  faultyKeys: readonly string[],
  endpoint: string | undefined,
  paths: readonly string[],
): Script => ({
  name: 'keys that fail',
  play: async (run) => {
    const store = await run.create({
      ...creationOf.VPC_ENDPOINT_SERVICE(),
      ...(endpoint === undefined ? {} : { XksProxyUriEndpoint: endpoint }),
    });
    if (store === undefined) return;
    await run.send(onStore('ConnectCustomKeyStore', store));
    if ((await run.settle(store)) !== 'CONNECTED') return;
    const createKey = (XksKeyId: string) =>
      run.send({ op: 'CreateKey', input: { CustomKeyStoreId: store, Origin: 'EXTERNAL_KEY_STORE', XksKeyId } });
    for (const key of faultyKeys) await createKey(key);
    const event = await createKey(externalKeys[0]);
    const { KeyId } = ((event !== undefined && 'ok' in event ? event.ok['KeyMetadata'] : undefined) ?? {}) as {
      readonly KeyId?: string;
    };
    const key = KeyId === undefined ? undefined : run.symbolOf(KeyId);
    for (const [number, XksProxyUriPath] of paths.entries()) {
      await run.send({ op: 'UpdateCustomKeyStore', input: { CustomKeyStoreId: store, XksProxyUriPath } });
      await run.look(store);
      await createKey(`external-key-${200 + number}`);
      if (key !== undefined) await run.send({ op: 'Encrypt', input: { KeyId: key, Plaintext: 'AAAA' } });
    }
    if (key !== undefined) await run.send({ op: 'ScheduleKeyDeletion', input: { KeyId: key, PendingWindowInDays: 7 } });
  },
});

/** Creates, looks, and deletes again. */
async function trial(run: Run, input: object): Promise<void> {
  const store = await run.create(input);
  if (store === undefined) return;
  await run.look(store);
  await run.send(onStore('DeleteCustomKeyStore', store));
}
