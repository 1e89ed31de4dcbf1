import type { Open } from '../spec/condition.ts';
import { type Assumptions, mostClauses, mostFacts } from './assumptions.ts';
import { namesIn } from './clauses.ts';
import type { Lesson } from './lesson.ts';
import { clauseIn, factIn, type Sentence } from './sentence.ts';
import { atomsIn, nameOf } from './simplify.ts';

/** How often clauses want a fact to hold, and how often not. */
interface Wanted {
  yes: number;
  no: number;
}

/** A clause, and the questions and facts in it. */
interface FirmClause {
  readonly text: string;
  readonly names: ReadonlySet<string>;
}

/**
 * What is taken for granted, by the values that it is about. What comes of an event rests on answers, on facts about
 * the values in the states and in the event, and on whether a condition about these can hold together with the
 * clauses. A clause with a fact that nobody asked for, and that is wanted in one way only, can always be made to hold
 * by that fact, so it does not matter. What an event teaches is added; so a long history is not sorted again and again.
 */
export class Grounds {
  /** All that matters to every store, as a text. */
  readonly general: string;
  /** Clauses that cannot be made to hold by a fact that nobody asked for, in order. */
  readonly #firm: readonly FirmClause[];
  /** What each clause is about. */
  readonly #namesIn = new Map<Sentence, ReadonlySet<string>>();
  readonly choices: Assumptions['choices'];
  #facts: Assumptions['facts'];
  /** Facts that were learned since. */
  readonly #learned = new Map<string, boolean>();
  #count: number;
  readonly #wanted = new Map<string, Wanted>();
  /** Clauses by their text. */
  readonly #sentences = new Map<string, Sentence>();
  /** The clauses that a fact is in. */
  readonly #clausesWith = new Map<string, Set<Sentence>>();
  readonly #about = new Map<string, Set<Sentence>>();

  constructor(assumed: Assumptions) {
    this.choices = assumed.choices;
    this.#facts = assumed.facts;
    this.#count = assumed.facts.size;
    const general: string[] = [];
    for (const [name, is] of assumed.facts) if (!this.#noteFact(name, is)) general.push(`${name}=${is}`);
    for (const clause of assumed.clauses) this.#want(clause, 1);
    const firm: FirmClause[] = [];
    for (const clause of assumed.clauses) {
      this.#noteClause(clause);
      if (!this.#isFree(clause)) firm.push({ text: clauseIn(clause).text, names: namesIn(clause) });
    }
    this.#firm = firm.sort((one, other) => (one.text < other.text ? -1 : 1));
    const choices = [...assumed.choices].map(([question, left]) => `${question}=${left.join('/')}`).sort();
    const clauses = [...this.#firm.map(({ text }) => text), this.#room];
    this.general = [...choices, ...general.sort(), ...clauses].join('\n');
  }

  /** Where there is no room for more clauses, what an event teaches is not the same. */
  get #room(): string {
    return this.#sentences.size >= mostClauses ? 'no more' : '';
  }

  /** What else matters to whoever asks for these, besides the clauses that a fact among them is in. */
  beside(names: Iterable<string>, sentences: Iterable<Sentence>): string {
    if (this.#firm.length === 0) return this.#room;
    const asked = new Set(names);
    for (const sentence of sentences) for (const name of this.#namesIn.get(sentence) ?? []) asked.add(name);
    // What has nothing to do with them, nor with what has, holds or not, whatever comes of them.
    const left = new Set(this.#firm);
    let text = this.#room;
    for (let found = true; found; ) {
      found = false;
      for (const clause of left) {
        if (![...clause.names].some((name) => asked.has(name))) continue;
        for (const name of clause.names) asked.add(name);
        left.delete(clause);
        found = true;
      }
    }
    for (const clause of this.#firm) if (!left.has(clause)) text += `${clause.text}\n`;
    return text;
  }

  /** Is it known whether a fact holds? */
  fact(name: string): boolean | undefined {
    return this.#learned.get(name) ?? this.#facts.get(name);
  }

  /** What is taken for granted about a value. */
  about(value: string): Iterable<Sentence> | undefined {
    return this.#about.get(value);
  }

  clausesWith(fact: string): Iterable<Sentence> | undefined {
    return this.#clausesWith.get(fact);
  }

  /** Can this be learned without anything changing that matters to every store? */
  takes({ facts, gone, come }: Lesson): boolean {
    if (this.#count + facts.length > mostFacts) return false;
    if (gone.length + come.length > 0 && this.#sentences.size + come.length >= mostClauses) return false;
    if (facts.some(([name]) => factIn(name).keys === undefined || this.fact(name) !== undefined)) return false;
    if (gone.some((clause) => !this.#sentences.has(clauseIn(clause).text))) return false;
    if (come.some((clause) => this.#sentences.has(clauseIn(clause).text))) return false;
    const ways = new Map<string, boolean>();
    for (const clause of [...gone, ...come]) {
      let isKeyed = false;
      for (const atom of atomsIn(clause)) {
        if (!('fact' in atom)) continue;
        const name = nameOf(atom);
        const { yes = 0, no = 0 } = this.#wanted.get(name) ?? {};
        if ((atom.is ? no : yes) > 0 || (ways.get(name) ?? atom.is) !== atom.is) return false;
        ways.set(name, atom.is);
        isKeyed ||= factIn(name).keys !== undefined;
      }
      if (!isKeyed) return false;
    }
    return true;
  }

  /** Adds what was learned; says which values it is about. */
  learn({ facts, gone, come }: Lesson): ReadonlySet<string> {
    const touched = new Set<string>();
    for (const [name, is] of facts) {
      this.#learned.set(name, is);
      this.#noteFact(name, is);
      for (const key of factIn(name).keys ?? []) touched.add(key);
    }
    this.#count += facts.length;
    for (const clause of gone) this.#dropClause(clause);
    for (const clause of come) {
      this.#want(clause, 1);
      this.#noteClause(clause);
    }
    for (const clause of [...gone, ...come]) for (const key of keysIn(clause)) touched.add(key);
    return touched;
  }

  /** These are the assumptions now, with all that was learned. */
  settle({ facts }: Assumptions): void {
    this.#facts = facts;
    this.#learned.clear();
  }

  #noteFact(name: string, is: boolean): boolean {
    const { keys, pieces, places } = factIn(name);
    if (keys !== undefined) note(this.#about, keys, { pieces: [...pieces, is ? '' : '!'], places });
    return keys !== undefined;
  }

  #want(clause: Open, times: 1 | -1): void {
    for (const atom of atomsIn(clause)) {
      if (!('fact' in atom)) continue;
      const name = nameOf(atom);
      const wanted = this.#wanted.get(name) ?? { yes: 0, no: 0 };
      wanted[atom.is ? 'yes' : 'no'] += times;
      if (wanted.yes + wanted.no === 0) this.#wanted.delete(name);
      else this.#wanted.set(name, wanted);
    }
  }

  #noteClause(clause: Open): void {
    const sentence = clauseIn(clause);
    this.#sentences.set(sentence.text, sentence);
    this.#namesIn.set(sentence, namesIn(clause));
    for (const atom of atomsIn(clause)) if ('fact' in atom) note(this.#clausesWith, [nameOf(atom)], sentence);
    note(this.#about, keysIn(clause), sentence);
  }

  #dropClause(clause: Open): void {
    const { text } = clauseIn(clause);
    const sentence = this.#sentences.get(text) as Sentence;
    this.#sentences.delete(text);
    this.#namesIn.delete(sentence);
    this.#want(clause, -1);
    for (const atom of atomsIn(clause)) if ('fact' in atom) strike(this.#clausesWith, [nameOf(atom)], sentence);
    strike(this.#about, keysIn(clause), sentence);
  }

  /** Can one of its facts be taken so that it holds, whatever else? */
  #isFree(clause: Open): boolean {
    return atomsIn(clause).some((atom) => {
      if (!('fact' in atom) || factIn(nameOf(atom)).keys === undefined) return false;
      const { yes, no } = this.#wanted.get(nameOf(atom)) as Wanted;
      return yes === 0 || no === 0;
    });
  }
}

/** The values that a clause is found under. */
const keysIn = (clause: Open): readonly string[] =>
  atomsIn(clause).flatMap((atom) => ('fact' in atom ? (factIn(nameOf(atom)).keys ?? []) : []));

function note(under: Map<string, Set<Sentence>>, keys: readonly string[], sentence: Sentence): void {
  for (const key of keys) {
    const same = under.get(key);
    if (same === undefined) under.set(key, new Set([sentence]));
    else same.add(sentence);
  }
}

function strike(under: Map<string, Set<Sentence>>, keys: readonly string[], sentence: Sentence): void {
  for (const key of keys) {
    const left = under.get(key);
    left?.delete(sentence);
    if (left?.size === 0) under.delete(key);
  }
}
