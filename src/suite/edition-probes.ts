import { names, owner, service } from '../machine/alphabet.ts';
import { createOracle } from '../oracle/oracle.ts';
import type { OracleOptions } from '../oracle/oracle-options.ts';
import type { Request } from '../spec/inputs.ts';
import { type Edition, editions } from '../spec/vocabulary.ts';
import { creationOf } from './goals.ts';
import type { Lab } from './lab.ts';
import { Run, Violated } from './run.ts';
import { sweep } from './sweep.ts';

/** A short sequence whose answers tell editions apart. */
interface EditionProbe {
  readonly name: string;
  play(run: Run): Promise<void>;
}

const editionProbes: readonly EditionProbe[] = [
  {
    name: 'a CONNECTED AWS CloudHSM key store is renamed',
    play: async (run) => {
      const store = await run.create(creationOf.AWS_CLOUDHSM());
      if (store === undefined) return;
      await run.send({ op: 'ConnectCustomKeyStore', input: { CustomKeyStoreId: store } });
      await run.settle(store);
      if (run.store(store)?.connectionState !== 'CONNECTED') return;
      await run.send(update(store, { NewCustomKeyStoreName: names[1] }));
    },
  },
  {
    name: 'the owner of an endpoint service is told, and shown',
    play: async (run) => {
      const store = await run.create({
        ...creationOf.VPC_ENDPOINT_SERVICE(),
        XksProxyVpcEndpointServiceOwner: owner,
      });
      if (store !== undefined) await run.look(store);
    },
  },
  {
    name: 'the owner of an endpoint service is no account',
    play: async (run) => {
      const store = await run.create(creationOf.VPC_ENDPOINT_SERVICE());
      if (store !== undefined) await run.send(update(store, { XksProxyVpcEndpointServiceOwner: 'nobody' }));
    },
  },
  {
    name: 'the name of an endpoint service begins with eu',
    play: async (run) => {
      const name = service.replace(/^com/, 'eu');
      await run.create({ ...creationOf.VPC_ENDPOINT_SERVICE(), XksProxyVpcEndpointServiceName: name });
    },
  },
];

const update = (CustomKeyStoreId: string, members: object): Request => ({
  op: 'UpdateCustomKeyStore',
  input: { CustomKeyStoreId, ...members },
});

/** Plays the sequences, each judged from nothing, and gives the editions that allow each that told anything. */
export async function editionsAllowed(lab: Lab, judging: OracleOptions, progress?: (what: string) => void) {
  const allowed: (readonly Edition[])[] = [];
  let events = 0;
  for (const probe of editionProbes) {
    progress?.(`which edition: ${probe.name}`);
    const run = new Run(lab, createOracle(judging));
    try {
      await probe.play(run);
      if (run.unanswered === 0) allowed.push(run.oracle.editions());
    } catch (error) {
      if (!(error instanceof Violated)) throw error; // What no edition allows is found again later.
    } finally {
      events += run.steps.length;
      await sweep(lab, run.made);
    }
  }
  return { allowed, events };
}

/**
 * The edition that fits best, where none fits everything: an implementation that allows too much may look like a later
 * edition in that, and would be judged by it in all the rest. Undefined if some edition fits.
 *
 * @param allowed the editions that allow each of the sequences
 */
export function bestEdition(allowed: readonly (readonly Edition[])[]): { edition: Edition; fits: number } | undefined {
  const fits = (edition: Edition): number => allowed.filter((some) => some.includes(edition)).length;
  const ranked = editions
    .filter((edition) => fits(edition) > 0)
    .map((edition) => ({ edition, fits: fits(edition) }))
    .sort((a, b) => b.fits - a.fits);
  const [best] = ranked;
  return best === undefined || best.fits === allowed.length ? undefined : best;
}
