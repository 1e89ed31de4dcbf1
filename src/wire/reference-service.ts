import { type Outcome, outcomesOf } from '../machine/account.ts';
import { rules } from '../spec/catalogue.ts';
import type { Request } from '../spec/inputs.ts';
import { type Account, emptyAccount } from '../spec/model.ts';
import type { ProxyFaultName } from '../spec/proxy-faults.ts';
import type { Known } from '../spec/reading.ts';
import { malformations } from '../spec/validate.ts';
import type { WorldFile } from '../spec/world.ts';
import type { Answer } from './answer.ts';
import { type AskedProxy, askedIn, attemptOf } from './asked-proxies.ts';
import { Bookkeeping } from './bookkeeping.ts';
import { bytesFor, chance, oneOfThem } from './chance.ts';
import { Freedom, type FreedomOptions } from './freedom.ts';
import { Course, type CourseOptions, type Happened, type Wish } from './hidden-course.ts';
import type { Changes, Noted } from './notes.ts';
import { outputOf, withKeyOfCiphertext } from './outputs.ts';
import { RateLimit } from './rate-limit.ts';
import { defaultScope, type Scope } from './scope.ts';

/** How the reference service uses the freedom that the specification leaves. */
export interface ServiceOptions extends FreedomOptions, CourseOptions {
  readonly fault?: Fault;
  /** Requests a second for each operation; what is more is throttled. */
  readonly throttle?: number;
  /** The share of requests that end in an internal error, whether they took effect or not. */
  readonly internalErrors?: number;
  /** Reads may show what was so a short while ago. */
  readonly staleReads?: boolean;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** A fault to build in, to see that it is found. It may change what a request gets, and what it leaves behind. */
export type Fault = (step: {
  readonly request: Request;
  readonly before: Account;
  readonly answer: Answer;
  readonly after: Account;
}) => { readonly answer: Answer; readonly after: Account };

/** The specification, run as a service for one account in one Region: every freedom is decided, nothing is left open. */
export class ReferenceService {
  readonly #options: ServiceOptions;
  readonly #books = new Bookkeeping();
  readonly #freedom: Freedom;
  readonly #course: Course;
  readonly #rate: RateLimit | undefined;
  readonly #scope: Scope;
  #requests = 0;

  constructor(options: ServiceOptions) {
    this.#options = options;
    const { scope = defaultScope, throttle } = options;
    this.#scope = scope;
    this.#freedom = new Freedom(options);
    this.#course = new Course(options, this.#freedom, this.#books);
    this.#rate = throttle === undefined ? undefined : new RateLimit(throttle);
  }

  get account(): Account {
    return this.#books.account;
  }

  /** Forgets everything. */
  reset(): void {
    this.#books.become(emptyAccount, this.#now());
    this.#books.forgetPast();
  }

  /** From now on, this is declared of the world. */
  setWorld(world: WorldFile): void {
    this.#freedom.setWorld(world);
  }

  /** The proxies whose health decides about a request, by the rules; none if it is refused, or accepted, anyway. */
  asks(request: Request): readonly AskedProxy[] {
    const { account } = this.#books;
    const is = this.#freedom.withOpenProxies(this.#requests + 1);
    if (malformations(request.op, request.input, is.edition).some(({ problem }) => problem === 'type')) return [];
    const { outcomes, situation } = outcomesOf(account, request, is, '');
    const ok = outcomes.filter(({ result }) => result === 'ok').map(({ when }) => when);
    if (ok.length === 0) return [];
    return askedIn([...ok, ...(request.op === 'ConnectCustomKeyStore' ? attemptOf(situation.store, is) : [])]);
  }

  /** A proxy was asked for its health. */
  proxyShowed(uri: string, fault: ProxyFaultName | null): void {
    this.#freedom.setProxy(uri, fault);
  }

  /** Lets hidden steps happen now: those that are due next, or the one that is wished for. */
  advance(wish: Wish = {}): readonly Happened[] {
    return this.#course.advance(wish, this.#now());
  }

  /** What has changed since this was last asked; undefined if nothing has. */
  changes(): Changes | undefined {
    return this.#books.changes();
  }

  /** Everything there is, as `restore` takes it. */
  everything(): Changes {
    return this.#books.everything();
  }

  restore(made: number, stores: readonly Noted[]): void {
    this.#books.restore(made, stores);
  }

  answer(asked: Request): Answer {
    const now = this.#now();
    const number = ++this.#requests;
    if (this.#rate !== undefined && !this.#rate.admits(asked.op, now)) return { error: 'ThrottlingException' };
    this.#course.elapse(now);
    const failure = this.#failure(number);
    if (failure !== undefined && !failure.takesEffect) return { error: failure.error };
    const answer = this.#decided(asked, number, now);
    if (asked.op === 'DescribeCustomKeyStores') this.#course.looked(now);
    this.#course.settle(now);
    return failure === undefined ? answer : { error: failure.error };
  }

  #decided(asked: Request, number: number, now: number): Answer {
    const request = withKeyOfCiphertext(asked);
    const before = this.#books.account;
    const isRead = request.op === 'DescribeCustomKeyStores' || request.op === 'DescribeKey';
    const stale = isRead && this.#options.staleReads ? this.#someView(number, now) : undefined;
    const { account } = stale ?? this.#books.present;
    const is = this.#freedom.ofRequest(number);
    const plain = this.#plain(request, account, is, number);
    const after = stale !== undefined || isSame(plain.after, before) ? before : plain.after;
    this.#books.become(after, now, request);
    const view = stale ?? this.#books.present;
    const bytes = (count: number) => bytesFor(count, this.#options.seed ?? 0, ...this.#about, 'bytes', number);
    const answer = plain.answer ?? outputOf(request, { ...view, is, id: plain.id, scope: this.#scope, bytes });
    const faulty = this.#options.fault?.({ request: asked, before, answer, after });
    const end = faulty?.after ?? after;
    if (end !== before) this.#books.count();
    this.#books.become(end, now, request);
    return faulty?.answer ?? answer;
  }

  /** What the specification makes of the request; no answer yet if it succeeds. */
  #plain(request: Request, account: Account, is: Known, number: number) {
    const wrong = malformations(request.op, request.input, is.edition);
    const types = wrong.filter(({ problem }) => problem === 'type');
    const refused = (error: string, message?: string) => ({
      answer: { error, ...(message === undefined ? {} : { message }) } as Answer,
      after: account,
      id: undefined,
    });
    if (types.length > 0) return refused('SerializationException', types.map(({ says }) => says).join('; '));
    const fresh = this.#fresh(request);
    const { outcomes } = outcomesOf(account, request, is, fresh);
    const certain = outcomes.filter(({ when }) => when === true);
    const possible =
      certain.length > 0 ? certain : outcomesOf(account, request, this.#freedom.undecided(), fresh).outcomes;
    const chosen = oneOfThem(possible, this.#options.seed, ...this.#about, 'outcome', number);
    if (
      chosen === undefined ||
      chosen.result === 'anything' ||
      (request.op === 'CreateKey' && chosen.result === 'ok' && chosen.id === undefined)
    ) {
      return refused('UnsupportedOperationException', 'This endpoint knows keys in custom key stores only');
    }
    if (typeof chosen.result !== 'object') return { answer: undefined, after: chosen.next, id: chosen.id };
    const malformed = wrong.map(({ says }) => says);
    return { ...refused(chosen.result.error, reasonOf(chosen, malformed)), after: chosen.next };
  }

  /** The ID of what may come into being. */
  #fresh({ op }: Request): string {
    if (op !== 'CreateCustomKeyStore' && op !== 'CreateKey') return '';
    const hex = bytesFor(16, this.#options.seed ?? 0, ...this.#about, 'id', this.#books.made + 1).toString('hex');
    if (op === 'CreateCustomKeyStore') return `cks-${hex.slice(0, 17)}`;
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  #failure(number: number): { readonly error: string; readonly takesEffect: boolean } | undefined {
    const { internalErrors = 0, seed = 0 } = this.#options;
    if (internalErrors === 0 || chance(seed, ...this.#about, 'fails', number) >= internalErrors) return undefined;
    const kinds = rules['request/internal-failure'].error as readonly string[];
    const error = oneOfThem(kinds, seed, ...this.#about, 'failure', number) ?? 'KMSInternalException';
    return { error, takesEffect: chance(seed, ...this.#about, 'takes effect', number) < 0.5 };
  }

  /** The present, or what was so not long ago. */
  #someView(number: number, now: number) {
    const { seed = 0 } = this.#options;
    const past = this.#books.recent(now);
    const isStale = past.length > 0 && chance(seed, ...this.#about, 'stale', number) < 0.5;
    const view = isStale ? oneOfThem(past, seed, ...this.#about, 'how stale', number) : undefined;
    return view ?? this.#books.present;
  }

  /** What every decision of this service is about, beside what is decided. */
  get #about(): readonly [string, string] {
    return [this.#scope.owner, this.#scope.region];
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}

const isSame = (a: Account, b: Account): boolean =>
  a.stores.length === b.stores.length && a.stores.every((store, index) => store === b.stores[index]);

/** Why a request is refused, with the ids of the rules, so that `kms-cks explain` tells more. */
function reasonOf({ rules: ids }: Outcome, malformed: readonly string[]): string {
  return ids
    .map((id) => {
      const detail = id === 'request/malformed' ? `: ${malformed.join('; ')}` : '';
      return `Required: ${rules[id].says.replace(/\.$/, '')} (${id}${detail})`;
    })
    .join('. ');
}
