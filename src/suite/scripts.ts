import { clusters, endpoints, paths, service } from '../machine/alphabet.ts';
import type { Request } from '../spec/inputs.ts';
import { madeUpMarker } from '../spec/world.ts';
import { creationOf, creationsOf, type Goal, goalsOf, idForms, theStore, type Variant, variants } from './goals.ts';
import { keyTour, sharedExternalKey } from './keys.ts';
import { beginningOf } from './naming.ts';
import { distinct, rivals } from './rivals.ts';
import type { Run } from './run.ts';
import { about, afterlife } from './walk.ts';

/** A sequence that is worth trying for what it reaches: several stores, second times, things left over. */
export interface Script {
  readonly name: string;
  play(run: Run): Promise<void>;
}

const update = (symbol: string, input: object): Request => ({
  op: 'UpdateCustomKeyStore',
  input: { CustomKeyStoreId: symbol, ...input },
});
const onStore = (
  op: 'ConnectCustomKeyStore' | 'DisconnectCustomKeyStore' | 'DeleteCustomKeyStore',
  symbol: string,
): Request => ({ op, input: { CustomKeyStoreId: symbol } });

/** Creates a store; the rest of a script is pointless without. */
async function created(run: Run, input: object): Promise<string> {
  return (await run.create(input)) ?? 'store-none';
}

async function connected(run: Run, symbol: string): Promise<void> {
  await run.send(onStore('ConnectCustomKeyStore', symbol));
  await run.settle(symbol);
}

async function disconnected(run: Run, symbol: string): Promise<void> {
  await run.send(onStore('DisconnectCustomKeyStore', symbol));
  await run.settle(symbol);
}

/** Creates, looks, and deletes again, one input after the other. */
function formsScript(name: string, goals: readonly Goal[]): Script {
  return {
    name,
    play: async (run) => {
      for (const { request } of goals) {
        const event = await run.send(request);
        if (event?.op !== 'CreateCustomKeyStore' || !('ok' in event)) continue;
        const symbol = run.symbolOf(String(event.ok['CustomKeyStoreId']));
        if (symbol === undefined) continue;
        await run.look(symbol);
        await run.send(onStore('DeleteCustomKeyStore', symbol));
      }
    },
  };
}

/** One store is there already; everything that may collide with it is tried, in two of its states. */
const collisions = (variant: Variant): Script => ({
  name: `collisions with ${variant}`,
  play: async (run) => {
    const first = await created(run, creationOf[variant]());
    for (const state of ['DISCONNECTED', 'CONNECTED'] as const) {
      if (state === 'CONNECTED') await connected(run, first);
      for (const input of rivals(variant)) {
        const second = await run.create(input);
        if (second === undefined || run.store(second) === undefined) continue;
        await run.look(second);
        if (second !== first) await run.send(onStore('DeleteCustomKeyStore', second));
      }
      await run.look(first);
    }
  },
});

/** A name that was given up is free; one that is taken is not, whoever asks. */
const names = (variant: Variant): Script => ({
  name: `names of ${variant}`,
  play: async (run) => {
    const first = await created(run, creationOf[variant]());
    await run.send(update(first, { NewCustomKeyStoreName: 'gamma' }));
    await run.look(first);
    const second = await created(run, distinct[variant]);
    await run.send(update(second, { NewCustomKeyStoreName: 'gamma' }));
    await run.send(update(second, { NewCustomKeyStoreName: 'alpha' }));
    await run.send(update(first, { NewCustomKeyStoreName: 'alpha' }));
    await run.send({ op: 'DescribeCustomKeyStores', input: {} });
    await run.send(onStore('DeleteCustomKeyStore', second));
    await run.send(update(first, { NewCustomKeyStoreName: 'alpha' }));
    await run.send({ op: 'DescribeCustomKeyStores', input: { CustomKeyStoreName: 'alpha' } });
    await run.send({ op: 'DescribeCustomKeyStores', input: { CustomKeyStoreName: 'gamma' } });
    await afterlife(run, second, distinct[variant]);
  },
});

/** Two stores of a kind; updates of the one reach for what the other has. */
const reaching = (variant: Variant): Script => ({
  name: `updates of one ${variant} towards another`,
  play: async (run) => {
    const first = await created(run, creationOf[variant]());
    const second = await created(run, distinct[variant]);
    const mine = creationOf[variant]();
    const wanted =
      variant === 'AWS_CLOUDHSM'
        ? [{ CloudHsmClusterId: mine.CloudHsmClusterId }]
        : [
            { XksProxyUriEndpoint: mine.XksProxyUriEndpoint },
            { XksProxyUriEndpoint: mine.XksProxyUriEndpoint, XksProxyUriPath: paths[1] },
            { XksProxyUriPath: paths[1] },
            { XksProxyVpcEndpointServiceName: service },
            {
              XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE',
              XksProxyUriEndpoint: mine.XksProxyUriEndpoint,
              XksProxyVpcEndpointServiceName: service,
            },
            { XksProxyConnectivity: 'PUBLIC_ENDPOINT', XksProxyUriEndpoint: mine.XksProxyUriEndpoint },
          ];
    for (const input of [{ NewCustomKeyStoreName: 'alpha' }, { NewCustomKeyStoreName: 'delta' }, ...wanted]) {
      await run.send(update(second, input));
      await run.look(second);
    }
    await run.send(update(second, { NewCustomKeyStoreName: 'alpha', ...wanted[0] }));
    await run.send({ op: 'DescribeCustomKeyStores', input: {} });
    await connected(run, first);
    await run.send({ op: 'DescribeCustomKeyStores', input: {} });
    await run.send(onStore('DeleteCustomKeyStore', second));
    await run.send({ op: 'DescribeCustomKeyStores', input: {} });
    await disconnected(run, first);
  },
});

/** What a store had behind an endpoint service is free once it is public. */
const givenUp: Script = {
  name: 'what a store gives up when it becomes public',
  play: async (run) => {
    const mine = creationOf.VPC_ENDPOINT_SERVICE();
    const first = await created(run, mine);
    await run.send(update(first, { XksProxyConnectivity: 'PUBLIC_ENDPOINT', XksProxyUriEndpoint: endpoints[0] }));
    await run.look(first);
    const second = await created(run, { ...mine, CustomKeyStoreName: 'beta' });
    await run.look(second);
    await run.send(onStore('DeleteCustomKeyStore', first));
    await created(run, creationOf.PUBLIC_ENDPOINT('gamma'));
    await run.send({ op: 'DescribeCustomKeyStores', input: {} });
  },
};

/** Connected again and again, with changes between. */
const cycles = (variant: Variant): Script => ({
  name: `cycles of ${variant}`,
  play: async (run) => {
    const store = await created(run, creationOf[variant]());
    const changes = goalsOf(variant).flatMap(({ request, onlyDisconnected }) =>
      request.op === 'UpdateCustomKeyStore' && !onlyDisconnected && Object.keys(request.input).length === 2
        ? [request]
        : [],
    );
    for (let cycle = 0; cycle < 3; cycle++) {
      await connected(run, store);
      await run.send({ op: 'DescribeCustomKeyStores', input: {} });
      for (const change of changes.slice(0, 2)) await run.send(about(change, store));
      await run.look(store);
      await disconnected(run, store);
      for (const change of changes.slice(cycle * 3, cycle * 3 + 4)) await run.send(about(change, store));
      await run.look(store);
    }
    // Nobody waits for anything.
    await run.send(onStore('ConnectCustomKeyStore', store));
    await run.send(onStore('DisconnectCustomKeyStore', store));
    await run.settle(store);
    await run.send(onStore('ConnectCustomKeyStore', store));
    await run.send(onStore('DeleteCustomKeyStore', store));
    await run.send(onStore('ConnectCustomKeyStore', store));
    await run.settle(store);
    await run.send(onStore('DisconnectCustomKeyStore', store));
    await run.send(onStore('ConnectCustomKeyStore', store));
    await run.send(onStore('DisconnectCustomKeyStore', store));
    await run.settle(store);
  },
});

/** Several stores, page by page and one by one; what one does leaves the others alone. */
const pages: Script = {
  name: 'several stores in pages',
  play: async (run) => {
    const stores: string[] = [];
    for (const variant of variants) stores.push(await created(run, creationOf[variant](variant.toLowerCase())));
    await run.send({ op: 'DescribeCustomKeyStores', input: {} });
    if (run.lab.seesAll) {
      let Marker: string | undefined;
      for (let page = 0; page < 5; page++) {
        await run.send({ op: 'DescribeCustomKeyStores', input: { Limit: 1, ...(Marker && { Marker }) } });
        Marker = run.latest;
        if (Marker === undefined) break;
      }
      await run.send({ op: 'DescribeCustomKeyStores', input: { Marker: madeUpMarker } });
      await run.send({ op: 'DescribeCustomKeyStores', input: { Limit: 2 } });
      await run.send({ op: 'DescribeCustomKeyStores', input: { Limit: 1000 } });
    }
    for (const variant of variants)
      await run.send({ op: 'DescribeCustomKeyStores', input: { CustomKeyStoreName: variant.toLowerCase() } });
    // The beginning of a name is no name.
    await run.send({ op: 'DescribeCustomKeyStores', input: { CustomKeyStoreName: beginningOf('aws_cloudhsm') } });
    for (const store of stores) {
      await run.send(onStore('ConnectCustomKeyStore', store));
      await run.send({ op: 'DescribeCustomKeyStores', input: {} });
    }
    for (const store of stores) await run.settle(store);
    await run.send({ op: 'DescribeCustomKeyStores', input: {} });
    const [one = theStore] = stores;
    await disconnected(run, one);
    await run.send({ op: 'DescribeCustomKeyStores', input: {} });
  },
};

/** A creation that is refused holds nothing: neither the name nor the place it asked for. */
const refusedCreations: Script = {
  name: 'refused creations',
  play: async (run) => {
    await created(run, creationOf.AWS_CLOUDHSM());
    await run.create({ ...creationOf.AWS_CLOUDHSM(), CloudHsmClusterId: clusters[1] });
    await run.create({ ...creationOf.AWS_CLOUDHSM('beta'), KeyStorePassword: 'x' });
    await run.send({ op: 'DescribeCustomKeyStores', input: {} });
    await created(run, { ...creationOf.AWS_CLOUDHSM('beta'), CloudHsmClusterId: clusters[1] });
    await created(run, creationOf.PUBLIC_ENDPOINT('gamma'));
    await run.create(creationOf.PUBLIC_ENDPOINT('delta'));
    await run.create({ ...creationOf.PUBLIC_ENDPOINT('gamma'), XksProxyUriEndpoint: endpoints[1] });
    await run.send({ op: 'DescribeCustomKeyStores', input: {} });
    await created(run, { ...creationOf.PUBLIC_ENDPOINT('delta'), XksProxyUriEndpoint: endpoints[1] });
    await run.send({ op: 'DescribeCustomKeyStores', input: {} });
  },
};

/** What is worth trying with several stores, and with one for a second time. */
export const plainScripts = (own: readonly Variant[]): readonly Script[] => [
  ...own.flatMap((variant) => [names(variant), collisions(variant), reaching(variant), cycles(variant)]),
  pages,
  ...(own.includes('VPC_ENDPOINT_SERVICE') ? [givenUp] : []),
  ...(own.includes('AWS_CLOUDHSM') && own.includes('PUBLIC_ENDPOINT') ? [refusedCreations] : []),
];

/** Malformed requests. */
export const formsScripts = (own: readonly Variant[]): readonly Script[] => [
  formsScript('malformed IDs', idForms),
  ...own.flatMap((variant) =>
    chunks(creationsOf(variant), 24).map((goals, index) =>
      formsScript(`creations of ${variant}, part ${index + 1}`, goals),
    ),
  ),
];

/** What keys show. They come last: keys cannot be deleted at once. */
export const keyScripts = (own: readonly Variant[]): readonly Script[] => [
  ...own
    .filter((variant) => variant !== 'VPC_ENDPOINT_SERVICE')
    .map((variant): Script => ({ name: `keys in ${variant}`, play: (run) => keyTour(run, variant) })),
  ...(own.includes('PUBLIC_ENDPOINT') ? [{ name: 'an external key in two stores', play: sharedExternalKey }] : []),
];

function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
