import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publicStore } from '../../src/machine/alphabet.ts';
import { type Spawned, spawned } from './spawned.ts';

const rounds = 12;
const workers = 24;

describe('serve --state', () => {
  it('has everything that it answered after kill -9 under load', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'kms-cks-')), 'state');
    const believed = Array.from(
      { length: workers },
      (_, index): Worker => ({ account: accountOf(index), stores: new Map() }),
    );
    let answered = 0;
    for (let round = 0; round < rounds; round++) {
      const served = await spawned('serve', '--state', path, '--connect-after', '2');
      for (const worker of believed) await compare(served, worker);
      const enough = answered + 150 + 97 * round;
      let isDead = false;
      const kill = () => {
        if (++answered < enough || isDead) return;
        isDead = true;
        served.child.kill('SIGKILL');
      };
      await Promise.all(believed.map((worker) => work(served, worker, kill)));
      expect(isDead).toBe(true);
      await served.stop('SIGKILL');
    }
    const last = await spawned('serve', '--state', path);
    for (const worker of believed) await compare(last, worker);
    expect(await last.stop()).toBe(0);
    expect(believed.some(({ stores }) => stores.size > 0)).toBe(true);
    expect(answered).toBeGreaterThan(5000);
    expect(readFileSync(path, 'utf8')).not.toContain('a'.repeat(43));
  });
});

// Helpers

/** One caller in an account of its own, with the names that it knows its stores to have. */
interface Worker {
  readonly account: string;
  readonly stores: Map<string, string>;
  /** What was asked and not answered: it may have happened or not. */
  pending?: { readonly id?: string; readonly name?: string };
}

const accountOf = (index: number): string => String(100_000_000_000 + index);

let counter = 0;

/** Creates, renames and deletes stores until the endpoint is gone. */
async function work(served: Spawned, worker: Worker, answered: () => void): Promise<void> {
  for (;;) {
    const name = `store-${++counter}`;
    const ids = [...worker.stores.keys()];
    const id = ids[counter % Math.max(ids.length, 1)];
    const turn = id === undefined || ids.length < 3 ? 0 : counter % 3;
    try {
      if (turn === 0 && ids.length < 9) {
        worker.pending = { name };
        const input = publicStore(name, `https://${name}.example`);
        const { CustomKeyStoreId } = await send(served, worker, 'CreateCustomKeyStore', input);
        worker.stores.set(String(CustomKeyStoreId), name);
      } else if (turn === 1 && id !== undefined) {
        worker.pending = { id, name };
        await send(served, worker, 'UpdateCustomKeyStore', { CustomKeyStoreId: id, NewCustomKeyStoreName: name });
        worker.stores.set(id, name);
      } else if (id !== undefined) {
        worker.pending = { id };
        await send(served, worker, 'DeleteCustomKeyStore', { CustomKeyStoreId: id });
        worker.stores.delete(id);
      }
      delete worker.pending;
      answered();
    } catch (error) {
      if (error instanceof Refused) throw error;
      return; // the endpoint is gone
    }
  }
}

/** What the endpoint holds is what it answered, but for one request that it did not come to answer. */
async function compare(served: Spawned, worker: Worker): Promise<void> {
  const { CustomKeyStores } = await send(served, worker, 'DescribeCustomKeyStores', {});
  const held = new Map(
    (CustomKeyStores as readonly Record<string, string>[]).map((each) => [
      String(each['CustomKeyStoreId']),
      String(each['CustomKeyStoreName']),
    ]),
  );
  const { pending = {} } = worker;
  for (const [id, name] of worker.stores) {
    const isPending = pending.id === id;
    if (isPending && pending.name === undefined && !held.has(id)) continue;
    expect(isPending ? [name, pending.name] : [name]).toContain(held.get(id));
  }
  for (const [id, name] of held) if (!worker.stores.has(id)) expect(name).toBe(pending.name);
  worker.stores.clear();
  for (const [id, name] of held) worker.stores.set(id, name);
  delete worker.pending;
}

class Refused extends Error {}

async function send({ url }: Spawned, { account }: Worker, op: string, input: object) {
  const credential = `${account}/20260101/us-east-1/kms/aws4_request`;
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'x-amz-target': `TrentService.${op}`,
      authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(input),
  });
  const body = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Refused(`${op}: ${JSON.stringify(body)}`);
  return body;
}
