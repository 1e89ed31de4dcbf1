import { hiddenOutcomesOfStore, replaced } from '../machine/account.ts';
import type { HiddenStep } from '../machine/effects.ts';
import type { ConnectionErrorCode } from '../spec/connection-error-codes.ts';
import type { Store } from '../spec/model.ts';
import type { Bookkeeping } from './bookkeeping.ts';
import { oneOfThem } from './chance.ts';
import type { Freedom } from './freedom.ts';
import { isMoving } from './notes.ts';
import { defaultScope, type Scope } from './scope.ts';
import type { Wait } from './wait.ts';

export interface CourseOptions {
  /** When a connection attempt, or a disconnection, ends; a number counts DescribeCustomKeyStores calls. */
  readonly connectAfter?: number | Wait;
  /** The code with which every connection attempt fails. */
  readonly failConnect?: ConnectionErrorCode;
  readonly seed?: number;
  readonly scope?: Scope;
}

/** Which hidden step somebody wishes for; everything may be left out. */
export interface Wish {
  readonly CustomKeyStoreId?: string;
  readonly step?: HiddenStep['step'];
  readonly code?: string;
  readonly KeyId?: string;
}

/** A hidden step that happened. */
export interface Happened {
  readonly CustomKeyStoreId: string;
  readonly step: HiddenStep['step'];
  readonly code?: string;
  readonly ConnectionState: Store['connectionState'];
}

/** The hidden steps that happen when nothing goes wrong. */
const peaceful: readonly string[] = ['connection.succeeds', 'disconnection.ends', 'disconnection.begins'];

/** No attempt goes through more phases than these: it ends, the disconnection that waits for it begins, and ends. */
const mostPhases = 3;

/** Lets hidden steps happen when they are due. */
export class Course {
  readonly #wait: Wait;
  readonly #options: CourseOptions;
  readonly #freedom: Freedom;
  readonly #books: Bookkeeping;
  #steps = 0;

  constructor(options: CourseOptions, freedom: Freedom, books: Bookkeeping) {
    const { connectAfter = 1 } = options;
    this.#wait = typeof connectAfter === 'number' ? { calls: connectAfter } : connectAfter;
    this.#options = options;
    this.#freedom = freedom;
    this.#books = books;
  }

  /** Time has passed: what has run for long enough ends, and keys whose day has come are deleted. */
  elapse(now: number): void {
    for (const { id } of this.#books.account.stores) {
      if ('seconds' in this.#wait) this.#elapseFor(id, this.#wait.seconds * 1000, now);
      this.#deleteKeys(id, now);
    }
  }

  /** Somebody has looked: what was looked at often enough ends. */
  looked(now: number): void {
    if (!('calls' in this.#wait)) return;
    for (const store of this.#books.account.stores) {
      if (!isMoving(store)) continue;
      const waited = (this.#books.noteOf(store)?.waited ?? 0) + 1;
      if (waited < this.#wait.calls) this.#books.looked(store, waited);
      else this.#end(store, now);
    }
  }

  /** Where nothing takes any time, everything ends at once. */
  settle(now: number): void {
    if (!('calls' in this.#wait) || this.#wait.calls > 0) return;
    for (let phase = 0; phase < mostPhases; phase++) {
      for (const store of this.#books.account.stores) if (isMoving(store)) this.#end(store, now);
    }
  }

  advance(wish: Wish, now: number): readonly Happened[] {
    const stores = this.#books.account.stores.filter(
      ({ id }) => wish.CustomKeyStoreId === undefined || wish.CustomKeyStoreId === id,
    );
    return stores.flatMap((store) => {
      if (wish.step === undefined && wish.code === undefined && wish.KeyId === undefined) {
        return isMoving(store) ? (this.#end(store, now) ?? []) : [];
      }
      const found = this.#possible(store).find(
        ({ step }) =>
          (wish.step === undefined || step.step === wish.step) &&
          (wish.code === undefined || ('code' in step && step.code === wish.code)) &&
          (wish.KeyId === undefined || ('keyId' in step && step.keyId === wish.KeyId)),
      );
      return found === undefined ? [] : this.#take(found.step, found.store, now);
    });
  }

  #elapseFor(id: string, duration: number, now: number): void {
    for (let phase = 0; phase < mostPhases; phase++) {
      const store = this.#books.account.stores.find((each) => each.id === id);
      const since = store === undefined ? undefined : this.#books.noteOf(store)?.since;
      if (store === undefined || since === undefined || !isMoving(store) || since + duration > now) return;
      this.#end(store, now, since + duration);
    }
  }

  #deleteKeys(id: string, now: number): void {
    const store = this.#books.account.stores.find((each) => each.id === id);
    if (store?.keys.some(({ state }) => state === 'PendingDeletion') !== true) return;
    const keys = this.#books.noteOf(store)?.keys ?? {};
    const due = ({ step }: { step: HiddenStep }) =>
      'keyId' in step && (keys[step.keyId]?.deletion ?? Number.POSITIVE_INFINITY) * 1000 <= now;
    const found = this.#possible(store).find(due);
    if (found === undefined) return;
    this.#take(found.step, found.store, now);
    this.#deleteKeys(id, now);
  }

  /** The running attempt, or disconnection, ends as it was told to. */
  #end(store: Store, now: number, since = now): readonly Happened[] | undefined {
    const { failConnect, scope = defaultScope, seed } = this.#options;
    const isPeaceful = ({ step }: { readonly step: HiddenStep }) => peaceful.includes(step.step);
    if (failConnect === undefined) {
      // Where everything is healthy there is nothing to weigh, and most places are like that.
      const [end] = hiddenOutcomesOfStore(store, this.#freedom.ofRequest(this.#steps)).filter(isPeaceful);
      if (end?.when === true) return this.#take(end.step, end.store, now, since);
    }
    const steps = this.#possible(store).filter(({ step }) => step.step !== 'key.deleted');
    const failing = steps.filter(({ step, when }) => 'code' in step && step.code !== 'INTERNAL_ERROR' && when === true);
    const wanted =
      steps.find(({ step }) => 'code' in step && step.code === failConnect) ??
      steps.find(isPeaceful) ??
      oneOfThem(failing, seed, scope.owner, scope.region, 'code', this.#steps) ??
      steps[0];
    return wanted === undefined ? undefined : this.#take(wanted.step, wanted.store, now, since);
  }

  #take(step: HiddenStep, next: Store | undefined, now: number, since = now): readonly Happened[] {
    if (next === undefined) return [];
    this.#steps += 1;
    this.#books.become(replaced(this.#books.account, next), now, undefined, since);
    return [
      {
        CustomKeyStoreId: next.id,
        step: step.step,
        ...('code' in step ? { code: step.code } : {}),
        ConnectionState: next.connectionState,
      },
    ];
  }

  /** A store without hidden steps has none, whatever is known. */
  #possible(store: Store) {
    return hiddenOutcomesOfStore(store, this.#freedom.ofHiddenStep(this.#steps));
  }
}
