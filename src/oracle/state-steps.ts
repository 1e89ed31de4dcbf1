import type { Condition, Open } from '../spec/condition.ts';
import { type Asked, answersTo, askedOf } from './asked.ts';
import { type Assumptions, listening } from './assumptions.ts';
import { placesOf } from './automaton.ts';
import type { Belief } from './belief.ts';
import { differsByEdition } from './by-edition.ts';
import { namesIn } from './clauses.ts';
import type { Grounds } from './grounds.ts';
import { withoutReached } from './hidden-steps.ts';
import type { HistoryEvent } from './history.ts';
import { conjoined, disjoined } from './joined.ts';
import { standIn } from './opaque.ts';
import { Recent } from './recent.ts';
import {
  type Bound,
  type Form,
  filled,
  formOf,
  type Names,
  namesOf,
  renamedCondition,
  renamedState,
  standInsFor,
} from './rename.ts';
import { nothing, type State, type StateSet, setOf } from './states.ts';

/** What an event made of one state, if what was asked for is so; without its values. */
interface Step {
  readonly asked: Asked;
  readonly said: string;
  readonly states: readonly State[];
}

/** An event about one store alone: the form of the store, and all values there are, those of the event last. */
interface Occasion {
  readonly event: HistoryEvent;
  readonly id: string;
  readonly form: Form;
  /** The shape of the event, as a short name. */
  readonly kind: number;
  readonly values: readonly string[];
  readonly marks: readonly number[];
}

/** What is believed of the store under one edition, where there is one branch. */
interface Place {
  readonly belief: Belief;
  readonly assumed: Assumptions;
  readonly grounds: Grounds;
}

/** What the store may be after the event: its form, and where its values stand among all that there are. */
export interface Arrival {
  /** None: the store is gone. */
  readonly form: Form | undefined;
  readonly values: readonly number[];
  readonly marks: readonly number[];
  readonly roles: Bound['roles'];
}
const gone: Arrival = { form: undefined, values: [], marks: [], roles: [] };

/** What a condition still asks for, by what is taken for granted of what it asks for. */
interface Remainders {
  readonly asked: Asked;
  readonly left: Map<string, Condition>;
}

const mostSteps = 30_000;
const mostArrivals = 20_000;
const mostAsked = 1000;
const mostConditions = 5000;
const mostRemainders = 50;

/**
 * What events make of single states. Of sets of states there are many more than of states, so that most sets are new
 * where every state is familiar: then what becomes of the set is put together.
 */
export class StateSteps {
  readonly #steps = new Recent<string, readonly Step[]>(mostSteps);
  readonly #arrivals = new Recent<string, Arrival>(mostArrivals);
  readonly #interned = new Recent<string, Asked>(mostAsked);
  readonly #remainders = new Recent<Open, Remainders>(mostConditions);
  readonly #isPlain: boolean;

  constructor(isPlain: boolean) {
    this.#isPlain = isPlain;
  }

  /**
   * Where an event leads, and what was asked for to find that out; nothing, if the event teaches more than what became
   * of the store, or may not happen.
   */
  arrival(occasion: Occasion, places: readonly Place[]): { readonly at: Arrival; readonly asked: Asked } | undefined {
    const inquiry = new Inquiry(occasion);
    const isShared = !differsByEdition(occasion.event);
    const found = new Map<StateSet, Map<Grounds, StateSet>>();
    const sets: StateSet[] = [];
    for (const [index, place] of places.entries()) {
      const before = occasion.form.sets[index] as StateSet;
      const same = isShared ? found.get(before)?.get(place.grounds) : undefined;
      const left = same ?? this.#after(before, inquiry, place);
      if (left === undefined) return undefined;
      sets.push(left);
      found.set(before, (found.get(before) ?? new Map()).set(place.grounds, left));
    }
    const left = sets.filter(({ key }) => key !== nothing.key).length;
    if (0 < left && left < sets.length) return undefined;
    // Of secrets the sets hold marks only: where their values stand is another matter.
    const secrets = occasion.marks.map((mark) => occasion.values.indexOf(String(mark)));
    const key = `${sets.map(({ number }) => number).join()} ${secrets.join()}`;
    const at = left === 0 ? gone : (this.#arrivals.find(key) ?? this.#arrivalAt(sets, occasion, key));
    return at && { at, asked: inquiry.asked };
  }

  #arrivalAt(sets: readonly StateSet[], occasion: Occasion, key: string): Arrival | undefined {
    const form = formOf(filled(sets, occasion), this.#isPlain);
    if (form === undefined) return undefined;
    const { sets: named, literals, bound } = form;
    const values = placesOf(bound.values, occasion.values, []);
    const marks = placesOf(bound.marks, occasion.marks, []);
    if (values === undefined || marks === undefined) return undefined;
    return this.#arrivals.set(key, { form: { sets: named, literals }, values, marks, roles: bound.roles });
  }

  /**
   * What is left of a set. Where all that is left takes something that is not known yet, that would be learned: it has
   * to be worked out.
   */
  #after({ states }: StateSet, inquiry: Inquiry, place: Place): StateSet | undefined {
    const left = states.flatMap((state) =>
      this.#stepFrom(state, inquiry, place).flatMap((then): readonly State[] => {
        if (state.owed === true) return [then];
        const owed = this.#residueOf(conjoined(state.owed, then.owed), inquiry, place);
        return owed === false ? [] : [{ ...then, owed }];
      }),
    );
    if (!left.some(({ owed }) => owed === true)) {
      const taken = disjoined(left.map(({ owed }) => owed));
      if (this.#residueOf(taken, inquiry, place) !== true) return undefined;
    }
    const whole = setOf(left);
    const settled =
      whole.states.length === left.length
        ? whole.states
        : whole.states.flatMap((state) => {
            const owed = this.#residueOf(state.owed, inquiry, place);
            return owed === false ? [] : [{ ...state, owed }];
          });
    const { known } = place.belief.setting;
    return setOf(withoutReached(settled, known, (when) => this.#residueOf(when, inquiry, place)));
  }

  #stepFrom(state: State, inquiry: Inquiry, { belief, assumed, grounds }: Place): readonly State[] {
    const { event, id, kind } = inquiry.occasion;
    const edition = differsByEdition(event) ? belief.setting.known.edition : 'any';
    const key = `${kind} ${edition} ${state.key}`;
    const steps = this.#steps.find(key) ?? [];
    const known = steps.find((step) => inquiry.saidOf(step.asked, grounds) === step.said);
    if (known !== undefined) {
      inquiry.note(known.asked);
      return known.states;
    }
    const before = renamedState({ ...state, owed: true }, inquiry.values);
    const { value, asked: all } = listening(() => belief.afterAlone(before, id, event, assumed));
    const asked = this.#known(inquiry.named(all));
    const said = inquiry.saidOf(asked, grounds);
    const step: Step = { asked, said, states: value.map((each) => renamedState(each, inquiry.names)) };
    this.#steps.set(key, [step, ...steps.slice(0, mostWays - 1)]);
    inquiry.note(asked);
    return step.states;
  }

  /** What a condition without values still asks for, beyond what is taken for granted. */
  #residueOf(when: Condition, inquiry: Inquiry, { assumed, grounds }: Place): Condition {
    if (typeof when === 'boolean') return when;
    const { asked, left } = this.#remainders.get(when, () => ({
      asked: this.#known(askedOf(namesIn(when), (piece) => piece)),
      left: new Map(),
    }));
    inquiry.note(asked);
    const said = inquiry.saidOf(asked, grounds);
    const known = left.get(said);
    if (known !== undefined) return known;
    const remainder = renamedCondition(assumed.residue(renamedCondition(when, inquiry.values)), inquiry.names);
    if (left.size >= mostRemainders) left.clear();
    left.set(said, remainder);
    return remainder;
  }

  /** The same object for the same questions and facts: what is said of them is looked up once for each event. */
  #known(asked: Asked): Asked {
    return this.#interned.get(`${asked.questions.join()}\n${asked.facts.join()}`, () => asked);
  }
}

const mostWays = 8;

/** What is asked for while what becomes of one event is put together. */
class Inquiry {
  readonly occasion: Occasion;
  /** Puts values in place of what stands for them, and the other way round. */
  readonly values: Names;
  readonly names: Names;
  readonly #said = new Map<Asked, Map<Grounds, string>>();
  readonly #noted = new Set<Asked>();

  constructor(occasion: Occasion) {
    this.occasion = occasion;
    this.values = namesOf(occasion);
    this.names = standInsFor(occasion);
  }

  /** All that was asked for, once. */
  get asked(): Asked {
    const [only, ...more] = this.#noted;
    if (only !== undefined && more.length === 0) return only;
    const questions = new Set<string>();
    const facts = new Set<string>();
    for (const asked of this.#noted) {
      for (const question of asked.questions) questions.add(question);
      for (const fact of asked.facts) facts.add(fact);
    }
    return { questions: [...questions].sort(), facts: [...facts].sort() };
  }

  note(asked: Asked): void {
    this.#noted.add(asked);
  }

  named(asked: Iterable<string>): Asked {
    return askedOf(asked, this.#nameOf);
  }

  /** What is taken for granted of what was asked for. */
  saidOf(asked: Asked, grounds: Grounds): string {
    const known = this.#said.get(asked) ?? new Map<Grounds, string>();
    this.#said.set(asked, known);
    const text = known.get(grounds) ?? answersTo(asked, [grounds], this.occasion.values, this.#nameOf);
    known.set(grounds, text);
    return text;
  }

  readonly #nameOf = (piece: string): string => {
    const place = this.occasion.values.indexOf(piece);
    return place < 0 ? piece : standIn(place);
  };
}
