import { hiddenOutcomesOfStore, outcomesOf, replaced } from '../machine/account.ts';
import { completed } from '../machine/types.ts';
import type { ConnectionErrorCode } from '../spec/connection-error-codes.ts';
import { anyValue, type Description, describedKey, describedStore, isShownList } from '../spec/description.ts';
import { healthyWorld, unknownWorld } from '../spec/facts.ts';
import type { Request } from '../spec/inputs.ts';
import { type Account, emptyAccount, type Store } from '../spec/model.ts';
import { given } from '../spec/properties.ts';
import { type Known, known, type Reading } from '../spec/reading.ts';
import { type WorldFile, worldOf } from '../spec/world.ts';

/** What a request gets. */
export type Answer = { readonly ok: Readonly<Record<string, unknown>> } | { readonly error: string };

/** How the reference service uses the freedom that the specification leaves. */
export interface ServiceOptions {
  readonly reading: Reading;
  /** The number of DescribeCustomKeyStores calls until a connection attempt, or a disconnection, ends. */
  readonly connectAfter?: number;
  /** The code with which every connection attempt fails. */
  readonly failConnect?: ConnectionErrorCode;
  readonly fault?: Fault;
  /** What is declared of clusters, proxies and callers; everything else is healthy. */
  readonly world?: WorldFile;
}

/** A fault to build in, to see that it is found. It may change what a request gets, and what it leaves behind. */
export type Fault = (step: {
  readonly request: Request;
  readonly before: Account;
  readonly answer: Answer;
  readonly after: Account;
}) => { readonly answer: Answer; readonly after: Account };

/** The specification, run as a service: every question answered, nothing wrong in the world. */
export class ReferenceService {
  #account: Account = emptyAccount;
  #made = 0;
  readonly #waits = new Map<string, number>();
  readonly #created = new Map<string, number>();
  readonly #options: ServiceOptions;
  #known: Known | undefined;

  constructor(options: ServiceOptions) {
    this.#options = { ...options, reading: completed(options.reading) };
  }

  get #is(): Known {
    this.#known ??= known(this.#options.reading, worldOf(this.#options.world ?? {}, healthyWorld));
    return this.#known;
  }

  get account(): Account {
    return this.#account;
  }

  /** Forgets everything. */
  reset(): void {
    this.#account = emptyAccount;
    this.#waits.clear();
  }

  answer(request: Request): Answer {
    const before = this.#account;
    const fresh =
      request.op === 'CreateKey' ? uuid(this.#made + 1) : `cks-${(this.#made + 1).toString(16).padStart(17, '0')}`;
    const { outcomes } = outcomesOf(before, request, this.#is, fresh);
    const certain = outcomes.filter(({ when }) => when === true);
    const chosen = certain.find(({ result }) => result !== 'anything') ?? certain[0];
    const plain =
      chosen === undefined || typeof chosen.result === 'object'
        ? {
            answer: {
              error: chosen === undefined ? 'KMSInternalException' : (chosen.result as { error: string }).error,
            },
            after: before,
          }
        : { answer: { ok: this.#output(request, chosen.next, chosen.id) }, after: chosen.next };
    const { answer, after } = this.#options.fault?.({ request, before, ...plain }) ?? plain;
    if (after !== before) this.#made += 1;
    this.#account = after;
    if (request.op === 'DescribeCustomKeyStores') this.#pass();
    return answer;
  }

  /** Lets what is running come a step nearer to its end. */
  #pass(): void {
    for (const store of this.#account.stores) {
      if (
        store.connectionState !== 'CONNECTING' &&
        store.connectionState !== 'DISCONNECTING' &&
        !store.disconnectPending
      )
        continue;
      const waited = (this.#waits.get(store.id) ?? 0) + 1;
      this.#waits.set(store.id, waited);
      if (waited < (this.#options.connectAfter ?? 1)) continue;
      this.#waits.delete(store.id);
      const { failConnect } = this.#options;
      const steps = hiddenOutcomesOfStore(
        store,
        known(this.#options.reading, worldOf(this.#options.world ?? {}, unknownWorld)),
      );
      const ends = steps.find(({ step }) => peaceful.includes(step.step));
      const failing = steps.find(({ step, when }) => 'code' in step && step.code !== 'INTERNAL_ERROR' && when === true);
      const chosen = steps.find(({ step }) => 'code' in step && step.code === failConnect);
      const wanted = chosen ?? ends ?? failing;
      if (wanted?.store !== undefined) this.#account = replaced(this.#account, wanted.store);
    }
  }

  #output(request: Request, after: Account, id: string | undefined): Readonly<Record<string, unknown>> {
    const is = this.#is;
    switch (request.op) {
      case 'CreateCustomKeyStore':
        return { CustomKeyStoreId: id };
      case 'DescribeCustomKeyStores':
        return page(request.input, after, (store) => this.#plain(describedStore(store, is), store.id));
      case 'CreateKey':
      case 'DescribeKey': {
        const keyId = id ?? (request.input as { KeyId?: string }).KeyId;
        const store = after.stores.find(({ keys }) => keys.some((key) => key.id === keyId));
        const key = store?.keys.find((each) => each.id === keyId);
        if (store === undefined || key === undefined)
          return { KeyMetadata: { KeyId: keyId ?? uuid(0), KeyState: 'Enabled' } };
        return { KeyMetadata: this.#plain(describedKey(key, store, is), key.id) };
      }
      case 'GenerateRandom':
        return { Plaintext: Buffer.alloc(request.input.NumberOfBytes ?? 32, 7).toString('base64') };
      case 'Encrypt':
        return { CiphertextBlob: 'AAAA', KeyId: request.input.KeyId };
      case 'ScheduleKeyDeletion':
        return { KeyId: request.input.KeyId, KeyState: 'PendingDeletion' };
      case 'CancelKeyDeletion':
        return { KeyId: request.input.KeyId };
      default:
        return {};
    }
  }

  /** The first certain value of every member; where it may be any, a plausible one. */
  #plain(description: Description, id: string): Readonly<Record<string, unknown>> {
    const members = Object.entries(description).flatMap(([name, expected]): [string, unknown][] => {
      if (!isShownList(expected)) return [[name, this.#plain(expected, id)]];
      const value = expected.find(({ when }) => when === true)?.value;
      if (value === undefined) return [];
      if (value !== anyValue) return [[name, value]];
      return [[name, name === 'CreationDate' ? this.#creation(id) : '111122223333']];
    });
    return Object.fromEntries(members);
  }

  #creation(id: string): number {
    const date = this.#created.get(id) ?? Math.floor(Date.now() / 1000);
    this.#created.set(id, date);
    return date;
  }
}

function page(
  { CustomKeyStoreId, CustomKeyStoreName, Limit, Marker }: Extract<Request, { op: 'DescribeCustomKeyStores' }>['input'],
  { stores }: Account,
  entry: (store: Store) => object,
): Readonly<Record<string, unknown>> {
  const found = stores.filter(
    ({ id, properties }) =>
      (!given(CustomKeyStoreId) || id === CustomKeyStoreId) &&
      (!given(CustomKeyStoreName) || properties.CustomKeyStoreName === CustomKeyStoreName),
  );
  const from = given(Marker) ? Number(Marker) : 0;
  const to = from + (Limit ?? found.length);
  const truncated = to < found.length;
  return {
    CustomKeyStores: found.slice(from, to).map(entry),
    Truncated: truncated,
    ...(truncated ? { NextMarker: String(to) } : {}),
  };
}

/** The hidden steps that happen when nothing goes wrong. */
const peaceful: readonly string[] = ['connection.succeeds', 'disconnection.ends', 'disconnection.begins'];

const uuid = (number: number): string => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
