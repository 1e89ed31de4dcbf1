import { all, type Condition } from '../spec/condition.ts';
import { type Asked, answersTo, askedOf } from './asked.ts';
import { type Assumptions, listening } from './assumptions.ts';
import { placesOf } from './automaton.ts';
import type { Belief } from './belief.ts';
import { differsByEdition } from './by-edition.ts';
import type { Grounds } from './grounds.ts';
import type { HistoryEvent } from './history.ts';
import { standIn } from './opaque.ts';
import { Recent } from './recent.ts';
import {
  type Bound,
  type Form,
  filled,
  formOf,
  namesOf,
  renamedCondition,
  renamedState,
  standInsFor,
} from './rename.ts';
import { atomsIn } from './simplify.ts';
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

const mostSteps = 10_000;
const mostArrivals = 5000;

/**
 * What events make of single states. Of sets of states there are many more than of states, so that most sets are new
 * where every state is familiar: then what becomes of the set is put together.
 */
export class StateSteps {
  readonly #steps = new Recent<string, readonly Step[]>(mostSteps);
  readonly #arrivals = new Recent<string, Arrival>(mostArrivals);
  readonly #isPlain: boolean;

  constructor(isPlain: boolean) {
    this.#isPlain = isPlain;
  }

  /** Where an event leads; nothing, if the event teaches more than what became of the store, or may not happen. */
  arrival(occasion: Occasion, places: readonly Place[]): Arrival | undefined {
    const said = new Map<Asked, Map<Grounds, string>>();
    const isShared = !differsByEdition(occasion.event);
    const found = new Map<StateSet, Map<Grounds, StateSet>>();
    const sets: StateSet[] = [];
    for (const [index, place] of places.entries()) {
      const before = occasion.form.sets[index] as StateSet;
      const same = isShared ? found.get(before)?.get(place.grounds) : undefined;
      const left = same ?? this.#after(before, occasion, place, said);
      if (left === undefined) return undefined;
      sets.push(left);
      found.set(before, (found.get(before) ?? new Map()).set(place.grounds, left));
    }
    const left = sets.filter(({ key }) => key !== nothing.key).length;
    if (left < sets.length) return left === 0 ? gone : undefined;
    const key = sets.map(({ number }) => number).join();
    return this.#arrivals.find(key) ?? this.#arrivalAt(sets, occasion, key);
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

  /** What is left of a set. Where all that is left takes something, that would be learned: it has to be worked out. */
  #after(
    { states }: StateSet,
    occasion: Occasion,
    place: Place,
    said: Map<Asked, Map<Grounds, string>>,
  ): StateSet | undefined {
    const left = states.flatMap((state) =>
      this.#stepFrom(state, occasion, place, said).flatMap((then): readonly State[] => {
        if (state.owed === true) return [then];
        const owed = residueOf(all(state.owed, then.owed), occasion, place.assumed);
        return owed === false ? [] : [{ ...then, owed }];
      }),
    );
    if (!left.some(({ owed }) => owed === true)) return undefined;
    const whole = setOf(left);
    if (whole.states.length === left.length) return whole;
    return setOf(
      whole.states.flatMap((state) => {
        const owed = residueOf(state.owed, occasion, place.assumed);
        return owed === false ? [] : [{ ...state, owed }];
      }),
    );
  }

  #stepFrom(
    state: State,
    occasion: Occasion,
    { belief, assumed, grounds }: Place,
    said: Map<Asked, Map<Grounds, string>>,
  ): readonly State[] {
    const edition = differsByEdition(occasion.event) ? belief.setting.known.edition : 'any';
    const key = `${occasion.kind} ${edition} ${state.key}`;
    const names = standInsFor(occasion);
    const nameOf = (piece: string): string => {
      const place = occasion.values.indexOf(piece);
      return place < 0 ? piece : standIn(place);
    };
    const saidOf = (asked: Asked): string => {
      const known = said.get(asked) ?? new Map<Grounds, string>();
      said.set(asked, known);
      const text = known.get(grounds) ?? answersTo(asked, [grounds], occasion.values, nameOf);
      known.set(grounds, text);
      return text;
    };
    const steps = this.#steps.find(key) ?? [];
    const known = steps.find((step) => saidOf(step.asked) === step.said);
    if (known !== undefined) return known.states;
    const before = renamedState({ ...state, owed: true }, namesOf(occasion));
    const { value, asked: all } = listening(() => belief.afterAlone(before, occasion.id, occasion.event, assumed));
    const asked = this.#interned(askedOf(all, nameOf));
    const step = { asked, said: saidOf(asked), states: value.map((each) => renamedState(each, names)) };
    this.#steps.set(key, [step, ...steps.slice(0, mostWays - 1)]);
    return step.states;
  }

  readonly #asked = new Recent<string, Asked>(1000);
  #interned(asked: Asked): Asked {
    return this.#asked.get(`${asked.questions.join()}\n${asked.facts.join()}`, () => asked);
  }
}

const mostWays = 8;

/** What a condition without values still asks for. */
function residueOf(when: Condition, occasion: Occasion, assumed: Assumptions): Condition {
  const isAboutValues = atomsIn(when).some((atom) => 'fact' in atom);
  if (!isAboutValues) return typeof when === 'boolean' ? when : assumed.residue(when);
  return renamedCondition(assumed.residue(renamedCondition(when, namesOf(occasion))), standInsFor(occasion));
}
