import type { HistoryEvent } from '../oracle/history.ts';
import type { Request } from '../spec/inputs.ts';
import type { WorldFile } from '../spec/world.ts';
import type { Answer } from './answer.ts';
import type { Happened, Wish } from './hidden-course.ts';
import type { LiveProxies } from './live-proxies.ts';
import { masking, withoutSecrets } from './masking.ts';
import type { ReferenceService } from './reference-service.ts';
import type { Scope } from './scope.ts';
import type { Saved, StateFile } from './state-file.ts';

/** An event of the history that an endpoint remembers. */
export interface Remembered {
  readonly scope: Scope;
  readonly event: HistoryEvent;
}

/** How much of the history is remembered. */
const mostEvents = 20_000;

export interface AccountsOptions {
  /** The service of an account and Region that is met for the first time. */
  readonly make: (scope: Scope) => ReferenceService;
  /** Where everything is kept that was answered. */
  readonly state?: StateFile;
  /** Asks the proxies of external key stores for their health, as KMS does. */
  readonly proxies?: LiveProxies;
}

/** The services of all accounts and Regions, each on its own. */
export class Accounts {
  readonly #make: AccountsOptions['make'];
  readonly #state: StateFile | undefined;
  readonly #proxies: LiveProxies | undefined;
  readonly #services = new Map<string, { readonly scope: Scope; readonly service: ReferenceService }>();
  #world: WorldFile | undefined;
  #history: Remembered[] = [];
  #forgotten = 0;

  constructor({ make, state, proxies }: AccountsOptions) {
    this.#make = make;
    this.#proxies = proxies;
    this.#state = state;
    state?.describes(() => this.#saved());
    for (const { owner, region, made, put } of state?.found ?? []) {
      this.#at({ owner, region }).service.restore(made, put);
    }
    if (state?.world !== undefined) this.#declare(state.world);
  }

  /** The answer, once everything that it rests on is kept. */
  async answer(scope: Scope, request: Request, client: string): Promise<Answer> {
    const start = Date.now();
    const { service } = this.#at(scope);
    if (this.#proxies !== undefined) await this.#askProxies(this.#proxies, scope, service, request);
    const answer = service.answer(request);
    this.#remember(
      scope,
      { ...request, ...outcomeOf(answer), start, end: Date.now(), client } as HistoryEvent,
      request,
    );
    this.#keep(scope, service);
    if (this.#state !== undefined) await this.#state.kept();
    return answer;
  }

  /** Forgets all stores, and the history. */
  async reset(): Promise<void> {
    for (const { scope, service } of this.#services.values()) {
      service.reset();
      this.#keep(scope, service);
    }
    this.#history = [];
    this.#forgotten = 0;
    await this.#state?.kept();
  }

  /** Lets hidden steps happen, in one account and Region or in all. */
  async advance(wish: Wish, only?: Scope): Promise<readonly (Scope & Happened)[]> {
    const happened = this.#chosen(only).flatMap(({ scope, service }) => {
      const steps = service.advance(wish).map((step) => ({ ...scope, ...step }));
      this.#keep(scope, service);
      return steps;
    });
    await this.#state?.kept();
    return happened;
  }

  async setWorld(world: WorldFile): Promise<void> {
    this.#declare(world);
    this.#state?.append({ world });
    await this.#state?.kept();
  }

  /** What was set while it ran; undefined if nothing was. */
  get world(): WorldFile | undefined {
    return this.#world;
  }

  /** Every store of every account and Region. */
  dump(only?: Scope): readonly (Scope & { readonly stores: readonly unknown[] })[] {
    return this.#chosen(only).map(({ scope, service }) => ({
      ...scope,
      stores: service.account.stores.map(({ properties: { secretMark: _, ...properties }, ...store }) => ({
        ...store,
        properties,
      })),
    }));
  }

  /** What was asked and answered, without secrets, and how many earlier events were forgotten. */
  history(only?: Scope): { readonly events: readonly HistoryEvent[]; readonly forgotten: number } {
    const events = this.#history.filter(({ scope }) => only === undefined || isSame(scope, only));
    return { events: events.map(({ event }) => event), forgotten: this.#forgotten };
  }

  async close(): Promise<void> {
    await this.#state?.close();
  }

  async #askProxies(proxies: LiveProxies, { region }: Scope, service: ReferenceService, request: Request) {
    proxies.learn(request);
    for (const asked of service.asks(request)) {
      const fault = await proxies.faultOf(asked, request.op, region);
      if (fault !== undefined) service.proxyShowed(asked.uri, fault);
    }
  }

  #at(scope: Scope): { readonly scope: Scope; readonly service: ReferenceService } {
    const key = `${scope.owner} ${scope.region}`;
    const found = this.#services.get(key);
    if (found !== undefined) return found;
    const service = this.#make(scope);
    if (this.#world !== undefined) service.setWorld(this.#world);
    const made = { scope, service };
    this.#services.set(key, made);
    return made;
  }

  #chosen(only: Scope | undefined) {
    return [...this.#services.values()].filter(({ scope }) => only === undefined || isSame(scope, only));
  }

  #declare(world: WorldFile): void {
    this.#world = world;
    for (const { service } of this.#services.values()) service.setWorld(world);
  }

  #keep(scope: Scope, service: ReferenceService): void {
    const changes = service.changes();
    if (changes !== undefined) this.#state?.append({ ...scope, ...changes });
  }

  #remember(scope: Scope, event: HistoryEvent, request: Request): void {
    const input = withoutSecrets(request);
    const outcome = 'ok' in event ? { ok: masking(event.ok) } : {};
    this.#history.push({ scope, event: { ...event, input, ...outcome } as HistoryEvent });
    if (this.#history.length < mostEvents * 1.25) return;
    const tooMany = this.#history.length - mostEvents;
    this.#history = this.#history.slice(tooMany);
    this.#forgotten += tooMany;
  }

  #saved(): readonly Saved[] {
    const scopes = this.#chosen(undefined).map(({ scope, service }) => ({ ...scope, ...service.everything() }));
    return this.#world === undefined ? scopes : [...scopes, { world: this.#world }];
  }
}

const outcomeOf = (answer: Answer): Answer => ('ok' in answer ? { ok: answer.ok } : answer);

const isSame = (a: Scope, b: Scope): boolean => a.owner === b.owner && a.region === b.region;
