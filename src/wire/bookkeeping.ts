import { defaultPendingWindow } from '../spec/description.ts';
import type { Request } from '../spec/inputs.ts';
import { type Account, emptyAccount, type Store } from '../spec/model.ts';
import type { Changes, KeyNote, Note, Noted } from './notes.ts';

/** An account with its notes, as they are or were. */
export interface View {
  readonly account: Account;
  readonly notes: ReadonlyMap<string, Note>;
}

/** What was so until a moment. */
interface Past extends View {
  /** Epoch milliseconds, and how many changes there had been. */
  readonly until: number;
  readonly change: number;
}

/** How far back a stale read may look: changes, and milliseconds. */
const mostChanges = 4;
const longestAgo = 5_000;

/** What a service holds, when each thing came into being, what has changed, and what was so not long ago. */
export class Bookkeeping {
  #account: Account = emptyAccount;
  #notes: ReadonlyMap<string, Note> = new Map();
  #made = 0;
  #changed = new Set<string>();
  #past: readonly Past[] = [];
  #change = 0;

  get account(): Account {
    return this.#account;
  }

  get present(): View {
    return { account: this.#account, notes: this.#notes };
  }

  /** How many things came into being. */
  get made(): number {
    return this.#made;
  }

  /** What may still be shown by a read that is a little late. */
  recent(now: number): readonly View[] {
    return this.#past.filter(({ until, change }) => now - until <= longestAgo && this.#change - change <= mostChanges);
  }

  forgetPast(): void {
    this.#past = [];
  }

  /** One more request has changed something. */
  count(): void {
    this.#made += 1;
  }

  noteOf({ id }: Store): Note | undefined {
    return this.#notes.get(id);
  }

  /** A look at something that is running counts. */
  looked(store: Store, waited: number): void {
    const note = this.#notes.get(store.id);
    if (note === undefined) return;
    this.#notes = new Map(this.#notes).set(store.id, { ...note, waited });
    this.#changed.add(store.id);
  }

  /** The account is this from now on. `since` is when a step that is only now seen to have happened did. */
  become(after: Account, now: number, request?: Request, since = now): void {
    const before = this.#account;
    if (after === before) return;
    this.#past = [...this.#past.slice(1 - mostChanges), { ...this.present, until: now, change: this.#change++ }];
    const notes = new Map(this.#notes);
    const had = new Map(before.stores.map((store) => [store.id, store]));
    for (const store of after.stores) {
      const was = had.get(store.id);
      had.delete(store.id);
      if (was === store) continue;
      notes.set(store.id, this.#noted(store, was, since, request));
      this.#changed.add(store.id);
    }
    for (const id of had.keys()) {
      notes.delete(id);
      this.#changed.add(id);
    }
    this.#account = after;
    this.#notes = notes;
  }

  changes(): Changes | undefined {
    if (this.#changed.size === 0) return undefined;
    const changed = this.#changed;
    this.#changed = new Set();
    const put = this.#all().filter(({ store }) => changed.has(store.id));
    for (const { store } of put) changed.delete(store.id);
    return { made: this.#made, put, gone: [...changed] };
  }

  everything(): Changes {
    return { made: this.#made, put: this.#all(), gone: [] };
  }

  restore(made: number, stores: readonly Noted[]): void {
    const inOrder = [...stores].sort((a, b) => a.note.order - b.note.order);
    this.#account = { stores: inOrder.map(({ store }) => store) };
    this.#notes = new Map(inOrder.map(({ store, note }) => [store.id, note]));
    this.#made = made;
    this.#past = [];
    this.#changed = new Set();
  }

  #all(): readonly Noted[] {
    return this.#account.stores.map((store) => ({ store, note: this.#notes.get(store.id) as Note }));
  }

  #noted(store: Store, was: Store | undefined, now: number, request: Request | undefined): Note {
    const note = this.#notes.get(store.id);
    const goesOn = was?.connectionState === store.connectionState;
    const second = Math.floor(now / 1000);
    return {
      order: note?.order ?? this.#made + 1,
      created: note?.created ?? second,
      since: goesOn ? (note?.since ?? now) : now,
      waited: goesOn ? (note?.waited ?? 0) : 0,
      keys:
        was?.keys === store.keys
          ? (note?.keys ?? {})
          : Object.fromEntries(
              store.keys.map((key) => [key.id, keyNote(key.state, note?.keys[key.id], second, request)]),
            ),
    };
  }
}

const day = 86_400;

function keyNote(state: string, note: KeyNote | undefined, now: number, request: Request | undefined): KeyNote {
  const { Description, PendingWindowInDays } = (request?.input ?? {}) as {
    readonly Description?: string;
    readonly PendingWindowInDays?: number;
  };
  const is = note ?? { created: now, ...(Description === undefined ? {} : { description: Description }) };
  if ((state === 'PendingDeletion') === (is.deletion !== undefined)) return is;
  if (state === 'PendingDeletion')
    return { ...is, deletion: now + (PendingWindowInDays ?? defaultPendingWindow) * day };
  const { deletion: _, ...rest } = is;
  return rest;
}
