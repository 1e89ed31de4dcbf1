import { type Outcome, outcomesOf } from '../machine/account.ts';
import type { Condition } from '../spec/condition.ts';
import { unseen } from '../spec/facts.ts';
import type { Request } from '../spec/inputs.ts';
import type { Account } from '../spec/model.ts';
import type { Known } from '../spec/reading.ts';
import { type Assumptions, askAgain, listening } from './assumptions.ts';
import { requestText } from './event-text.ts';
import { fits, nameOfResult, resultOf } from './fits.ts';
import { closure } from './hidden-steps.ts';
import type { HistoryEvent } from './history.ts';
import { keysSeenBy } from './involved.ts';
import { Recent } from './recent.ts';
import { keyOf, keyWithOwed, type State } from './states.ts';

/** What was worked out under some assumptions; it goes when they do. */
interface Decided {
  readonly outcomes: Recent<string, Worked<readonly Outcome[]>>;
  readonly reached: Recent<string, Worked<readonly State[]>>;
}
/** What was worked out, and the questions and facts that it rests on: whoever takes it rests on them too. */
interface Worked<T> {
  readonly value: T;
  readonly asked: readonly string[];
}
const manyOutcomes = 2000;
const manyStates = 500;
const manyFacts = 5000;
const mostSayings = 4;

/** Of so many keys it is remembered in which store they are; the oldest are forgotten first. */
const manyKeys = 20_000;

/** What may come of requests, and of hidden steps, under one edition; what was worked out is kept for a while. */
export class Workings {
  /** The store of each key that was seen: the same by every edition. */
  readonly owners: Map<string, string>;
  readonly #base: Known;
  /** What is known, and that keys which were seen in a store are none from elsewhere. */
  readonly #known: Known;
  readonly #decided = new WeakMap<Assumptions, Decided>();
  readonly #worked = new Recent<string, readonly (Worked<readonly Outcome[]> & { readonly said: string })[]>(
    manyOutcomes,
  );

  constructor(base: Known, owners: Map<string, string>) {
    this.owners = owners;
    this.#base = base;
    // The same object for the same fact: what was worked out about it serves again.
    const facts = new Recent<string, Condition>(manyFacts);
    this.#known = {
      ...base,
      holds: (fact, ...about) =>
        fact === 'key.elsewhere' && about.some((id) => typeof id === 'string' && owners.has(id))
          ? false
          : facts.get(`${fact} ${about.map((each) => each ?? unseen).join(' ')}`, () => base.holds(fact, ...about)),
    };
  }

  /** Takes note of a key that was made. */
  own(key: string, store: string): void {
    if (this.owners.size >= manyKeys) this.owners.delete(this.owners.keys().next().value as string);
    this.owners.set(key, store);
  }

  /** The state, and what hidden steps may have made of it that the request may look at, as far as that can be. */
  reached(state: State, request: Request, assumed: Assumptions): readonly State[] {
    assumed.residue(state.owed);
    const looksAt = keysSeenBy(request);
    const keys = state.store?.keys.filter(({ id }) => looksAt(id)).map(({ id }) => id) ?? [];
    const reached = this.#under(assumed).reached.get(`${keyWithOwed(state)}\n${keys.join()}`, () =>
      listening(() => closure(state, this.#base, looksAt).filter(({ owed }) => assumed.residue(owed) !== false)),
    );
    askAgain(reached.asked);
    return reached.value;
  }

  /** The outcomes that may be what was observed, each with what that takes. */
  fitting(account: Account, event: HistoryEvent, fresh: string, assumed: Assumptions): readonly Fitting[] {
    return this.#outcomes(account, event, fresh, assumed, resultOf(event)).flatMap((outcome) => {
      const is = assumed.residue(fits(outcome, event, this.#base));
      return is === false ? [] : [{ outcome, is }];
    });
  }

  /** Everything that may come of a request in an account. `fresh`: the ID of what comes into being. */
  outcomes(account: Account, request: Request, fresh: string, assumed: Assumptions): readonly Outcome[] {
    return this.#outcomes(account, request, fresh, assumed, undefined);
  }

  /** The same, or only those with the result that is sought. */
  #outcomes(
    account: Account,
    request: Request,
    fresh: string,
    assumed: Assumptions,
    sought: string | undefined,
  ): readonly Outcome[] {
    const makes = request.op === 'CreateCustomKeyStore' || request.op === 'CreateKey';
    const about = `${requestText(request)}${makes ? fresh : ''}${sought ?? ''}`;
    const key = `${about}${account.others}${account.stores.map(keyOf).join('\n')}`;
    const worked = this.#under(assumed).outcomes.get(key, () => {
      // Where more is taken for granted than before, but nothing of what was asked for, the same comes of it.
      const before = this.#worked.find(key) ?? [];
      const same = before.find((each) => assumed.saying(each.asked) === each.said);
      if (same !== undefined) return same;
      const is = assumed.knownWith(this.#known);
      const isSought = (result: Outcome['result']) => sought === undefined || nameOfResult(result) === sought;
      const made = listening(() => outcomesOf(account, request, is, fresh, isSought).outcomes);
      const now = { ...made, said: assumed.saying(made.asked) };
      this.#worked.set(key, [now, ...before.slice(0, mostSayings - 1)]);
      return now;
    });
    askAgain(worked.asked);
    return worked.value;
  }

  #under(assumed: Assumptions): Decided {
    const found = this.#decided.get(assumed) ?? { outcomes: new Recent(manyOutcomes), reached: new Recent(manyStates) };
    this.#decided.set(assumed, found);
    return found;
  }
}

/** An outcome, and what it takes for it to be what was observed. */
export interface Fitting {
  readonly outcome: Outcome;
  readonly is: Condition;
}
