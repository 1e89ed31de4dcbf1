import { type Atom, all, type Condition, type Open, resolved } from '../spec/condition.ts';
import { fleeting, unseen } from '../spec/facts.ts';
import { questionOf } from '../spec/questions.ts';
import type { Known } from '../spec/reading.ts';
import { byFirstAlternative, type ClauseIndex, isEntailed, namesIn } from './clauses.ts';
import { decidedBy, type Example, example } from './example.ts';
import { withoutFree } from './free.ts';
import type { Lesson } from './lesson.ts';
import { atomsIn, nameOf, partsOf, simplified, textOf } from './simplify.ts';
import type { StateSet } from './states.ts';

/** The questions and facts of which it was asked whether they are taken for granted. */
let asked = new Set<string>();

/** Works something out, and says what was asked for. */
export function listening<T>(work: () => T): { readonly value: T; readonly asked: readonly string[] } {
  const before = asked;
  asked = new Set();
  try {
    return { value: work(), asked: [...asked] };
  } finally {
    for (const each of asked) before.add(each);
    asked = before;
  }
}

/** What was worked out before rests on what was asked for then. */
export function askAgain(what: Iterable<string>): void {
  for (const each of what) asked.add(each);
}

function ask(when: Open): void {
  if ('fact' in when || 'question' in when) asked.add(nameOf(when));
  else askAgain(namesIn(when));
}

/** Beyond this many facts, the oldest are forgotten: that allows more, never less, and keeps long histories cheap. */
export const mostFacts = 4096;
export const mostClauses = 256;

/** What a list made of a store, and what was asked for on the way. */
export interface Narrowing {
  readonly value: readonly (readonly [Assumptions, StateSet])[];
  readonly asked: readonly string[];
}

/**
 * What one possible past takes for granted: the answers that are left for questions, facts of a steady world, and what
 * is known only in part ("one of these"). Values are never changed; `with` gives the next.
 */
export class Assumptions {
  /** The answers that are left for each question that came up. */
  readonly choices: ReadonlyMap<string, readonly string[]>;
  /** Facts by kind and subject. */
  readonly facts: ReadonlyMap<string, boolean>;
  /** What else has to hold; each is an alternative between several atoms. */
  readonly clauses: readonly Open[];
  readonly #steady: boolean;
  readonly #seen = new WeakMap<Open, { readonly left: Assumptions | undefined }>();
  /** One way in which all that is taken for granted holds. */
  readonly #example: Example;
  #index: ClauseIndex | undefined;
  readonly #residues = new WeakMap<Open, Condition>();
  /** What was worked out under these assumptions, for whoever works with them; see Belief. */
  readonly steps = new Map<object, Map<string, Narrowing>>();
  #key: string | undefined;
  readonly #knowns = new Map<Known, Known>();

  private constructor(
    choices: ReadonlyMap<string, readonly string[]>,
    facts: ReadonlyMap<string, boolean>,
    clauses: readonly Open[],
    steady: boolean,
    example: Example = { choices, facts },
  ) {
    this.#example = example;
    this.choices = choices;
    this.facts = facts;
    this.clauses = clauses;
    this.#steady = steady;
  }

  /** Nothing is taken for granted. In a world that is not steady, a fact that was seen once teaches nothing. */
  static none(steady: boolean): Assumptions {
    return new Assumptions(new Map(), new Map(), [], steady);
  }

  /** Equal for equal assumptions. */
  get key(): string {
    this.#key ??= JSON.stringify([[...this.choices].sort(), [...this.facts].sort(), this.clauses.map(textOf).sort()]);
    return this.#key;
  }

  /** What is taken for granted of each of these questions and facts, as a text. */
  saying(names: readonly string[]): string {
    let text = '';
    for (const name of names) {
      const left = this.choices.get(name);
      const is = this.facts.get(name);
      text += left === undefined ? (is === undefined ? '?' : is ? '+' : '-') : `${left.join('/')};`;
    }
    return text;
  }

  /** The assumptions, once this was seen to hold; undefined if they contradict it. */
  with(when: Condition): Assumptions | undefined {
    if (when === true) return this;
    if (when === false) return undefined;
    ask(when);
    const seen = this.#seen.get(when) ?? { left: this.#joined(when) };
    this.#seen.set(when, seen);
    return seen.left;
  }

  /** What is known together with what is taken for granted: rules that ask it leave less open, and cost less. */
  knownWith(base: Known): Known {
    const found = this.#knowns.get(base);
    if (found !== undefined) return found;
    const decided = (condition: Condition): Condition => {
      if (typeof condition === 'boolean') return condition;
      ask(condition);
      return 'all' in condition || 'any' in condition ? condition : decidedBy(this.choices, this.facts, condition);
    };
    const known: Known = {
      edition: base.edition,
      answered: (question, ...among) => decided(base.answered(question, ...among)),
      holds: (fact, ...about) => decided(base.holds(fact, ...about)),
    };
    this.#knowns.set(base, known);
    return known;
  }

  /** What a condition still asks for, beyond what is taken for granted; false if that contradicts it. */
  residue(when: Condition): Condition {
    if (typeof when === 'boolean') return when;
    ask(when);
    const known = this.#residues.get(when);
    if (known !== undefined) return known;
    const left = this.residueOf(when);
    const residue = typeof left === 'boolean' || this.with(left) !== undefined ? left : false;
    this.#residues.set(when, residue);
    return residue;
  }

  /** The same, without looking whether several assumptions together contradict it. */
  residueOf(when: Open): Condition {
    const decide = (atom: Atom): Condition => decidedBy(this.choices, this.facts, atom);
    // Where much is known, what is known goes first, and little is left; where nothing is, what was freed serves again.
    const freed =
      this.facts.size > 0 ? this.#freedOf(resolved(when, decide)) : simplified(resolved(this.#freed(when), decide));
    // Alternatives that ask for some of the answers each may together ask for all that are left.
    const isDecided = (atom: Atom): boolean => 'question' in atom && typeof decide(atom) === 'boolean';
    const left = atomsIn(freed).some(isDecided) ? simplified(resolved(freed, decide)) : freed;
    if (typeof left === 'boolean' || this.clauses.length === 0) return left;
    const parts = partsOf(left);
    return simplified(all(...parts.map((part) => ('any' in part && this.#entails(part) ? true : part))));
  }

  /** The same without the answers that were seen to questions. What holds by every answer of another question, stays. */
  withoutChoices(): Assumptions {
    const clauses = this.clauses.filter((clause) =>
      atomsIn(clause).every((atom) => 'fact' in atom || !this.choices.has(atom.question)),
    );
    return this.#weaker(new Map(), this.facts, clauses);
  }

  /** The same where others, with other answers, are right too: a question that both have answered is open between them. */
  besides(others: Assumptions): Assumptions {
    const choices = new Map(this.choices);
    for (const [question, left] of others.choices) {
      const mine = choices.get(question);
      if (mine !== undefined) choices.set(question, [...new Set([...mine, ...left])].sort());
    }
    const touched = new Set([...others.choices.keys(), ...others.clauses.flatMap((clause) => [...namesIn(clause)])]);
    const clauses = this.clauses.filter((clause) =>
      atomsIn(clause).every((atom) => 'fact' in atom || !touched.has(atom.question)),
    );
    return this.#weaker(choices, this.facts, clauses);
  }

  /** Does whoever takes this for granted take the other for granted too? */
  follows(other: Assumptions): boolean {
    if (this === other) return true;
    for (const [fact, is] of other.facts) if (this.facts.get(fact) !== is) return false;
    for (const [question, left] of other.choices) {
      if (!this.choices.get(question)?.every((choice) => left.includes(choice))) return false;
    }
    const decide = (atom: Atom): Condition => decidedBy(this.choices, this.facts, atom);
    return other.clauses.every(
      (clause) => this.clauses.some((each) => textOf(each) === textOf(clause)) || resolved(clause, decide) === true,
    );
  }

  /** What both take for granted: it allows whatever either allows. */
  common(other: Assumptions): Assumptions {
    const choices = new Map<string, readonly string[]>();
    for (const [question, left] of this.choices) {
      const right = other.choices.get(question);
      if (right !== undefined) choices.set(question, [...new Set([...left, ...right])].sort());
    }
    const facts = new Map([...this.facts].filter(([fact, is]) => other.facts.get(fact) === is));
    const clauses = this.clauses.filter((clause) => other.clauses.some((each) => textOf(each) === textOf(clause)));
    return this.#weaker(choices, facts, clauses);
  }

  /** Less taken for granted than here: whatever makes this hold makes that hold, so there is an example. */
  #weaker(
    choices: ReadonlyMap<string, readonly string[]>,
    facts: ReadonlyMap<string, boolean>,
    clauses: readonly Open[],
  ): Assumptions {
    return new Assumptions(choices, facts, clauses, this.#steady, example(all(...clauses), choices, facts));
  }

  /**
   * The assumptions after these lessons, which were worked out for the like of what is known here. If they cannot hold
   * together, nothing is learned: that allows more, never less.
   */
  taught(lessons: readonly Lesson[]): Assumptions {
    const facts = new Map(this.facts);
    const clauses = new Map(this.clauses.map((clause) => [textOf(clause), clause]));
    for (const lesson of lessons) {
      for (const [name, is] of lesson.facts) facts.set(name, is);
      for (const clause of lesson.gone) clauses.delete(textOf(clause));
      for (const clause of lesson.come) clauses.set(textOf(clause), clause);
    }
    const left = [...clauses.values()];
    const found = example(all(...left), this.choices, facts);
    return found === undefined ? this : new Assumptions(this.choices, facts, left, this.#steady, found);
  }

  #joined(when: Open): Assumptions | undefined {
    const choices = new Map(this.choices);
    const facts = new Map(this.facts);
    const decide = (atom: Atom): Condition => decidedBy(choices, facts, atom);
    const added = this.residueOf(when);
    if (added === true) return this;
    if (added === false) return undefined;
    let clauses = this.clauses;
    let changed = false;
    const waiting: Open[] = [added];
    for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
      const left = simplified(resolved(part, decide));
      if (left === true) continue;
      if (left === false) return undefined;
      if ('all' in left) waiting.push(...left.all);
      else if ('any' in left) {
        // With so many alternatives, more of them are not kept: that allows more, never less.
        if (clauses.length < mostClauses && !this.#entails(left)) clauses = [...clauses, left];
      } else {
        changed = true;
        if ('fact' in left) facts.set(nameOf(left), left.is);
        else choices.set(left.question, among(choices, left));
        const about = nameOf(left);
        const touched = clauses.filter((clause) => namesIn(clause).has(about));
        if (touched.length > 0) clauses = clauses.filter((clause) => !touched.includes(clause));
        waiting.push(...touched);
      }
    }
    const example = this.#exampleOf(added, clauses, choices, facts);
    if (example === undefined) return undefined;
    if (clauses === this.clauses && !changed) return this;
    if (facts.size > mostFacts) for (const fact of [...facts.keys()].slice(0, mostFacts / 2)) facts.delete(fact);
    return new Assumptions(choices, facts, clauses, this.#steady, example);
  }

  /** One way in which a condition holds besides the clauses; most often the one that is known already will do. */
  #exampleOf(
    added: Open,
    clauses: readonly Open[],
    choices: ReadonlyMap<string, readonly string[]>,
    facts: ReadonlyMap<string, boolean>,
  ): Example | undefined {
    const left = resolved(added, (atom) => {
      if ('fact' in atom) return (this.#example.facts.get(nameOf(atom)) ?? true) === atom.is;
      const chosen = this.#example.choices.get(atom.question);
      return chosen === undefined ? atom : chosen.every((choice) => atom.among.includes(choice));
    });
    const more = left === true ? this.#example : example(left, this.#example.choices, this.#example.facts);
    return more ?? example(all(...clauses, added), choices, facts);
  }

  #entails(clause: Open): boolean {
    this.#index ??= byFirstAlternative(this.clauses);
    return isEntailed(clause, this.#index);
  }

  /** The condition without what nothing is ever learned about: the same whatever is taken for granted. */
  #freed(when: Open): Condition {
    const known = freed[this.#steady ? 'steady' : 'changing'];
    const found = known.get(when);
    if (found !== undefined) return found;
    const left = this.#freedOf(when);
    known.set(when, left);
    return left;
  }

  #freedOf(when: Condition): Condition {
    return typeof when === 'boolean' ? when : simplified(withoutFree(when, (atom) => this.#isFree(atom)));
  }

  #isFree(atom: Atom): boolean {
    if ('question' in atom) return questionOf(atom.question).answered === 'each time';
    // What was seen of one name that nobody knows says nothing of the next.
    return !this.#steady || fleeting.has(atom.fact) || atom.about.includes(unseen);
  }
}

const freed = { steady: new WeakMap<Open, Condition>(), changing: new WeakMap<Open, Condition>() };

/** The answers that an atom leaves. */
function among(choices: ReadonlyMap<string, readonly string[]>, atom: Extract<Atom, { question: unknown }>) {
  const left = choices.get(atom.question);
  const both = left === undefined ? atom.among : atom.among.filter((choice) => left.includes(choice));
  return [...both].sort();
}
