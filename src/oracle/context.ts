import type { Edition } from '../spec/vocabulary.ts';
import type { Assumptions } from './assumptions.ts';
import { Grounds } from './grounds.ts';
import { type Lesson, lessonBetween } from './lesson.ts';

/** What is taken for granted in each branch, sorted; and what was learned since. */
export class Context {
  /** One for each of the different assumptions that there are. */
  grounds: readonly Grounds[] = [];
  /** The editions, and which branches take the same for granted. */
  pattern = '';
  /** What is taken for granted about no store. */
  general = '';
  #assumed: readonly Assumptions[] = [];
  #learned: (readonly Lesson[])[] = [];

  /** What is taken for granted in a branch, by its place. */
  groundsAt(place: number): Grounds {
    const distinct = [...new Set(this.#assumed)];
    return this.grounds[distinct.indexOf(this.#assumed[place] as Assumptions)] as Grounds;
  }

  /** Is something known about one of these values? */
  isAbout(values: Iterable<string>): boolean {
    for (const value of values) for (const grounds of this.grounds) if (grounds.about(value) !== undefined) return true;
    return false;
  }

  /** What was learned if the branches take this for granted now; nothing, if that matters to every store. */
  lessonsTo(editions: readonly Edition[], assumed: readonly Assumptions[]): readonly Lesson[] | undefined {
    if (patternOf(editions, assumed) !== this.pattern) return undefined;
    const before = [...new Set(this.#assumed)];
    const lessons = [...new Set(assumed)].map((each, place) => lessonBetween(before[place] as Assumptions, each));
    const known = lessons.filter((lesson) => lesson !== undefined);
    return known.length === lessons.length && this.takes(known) ? known : undefined;
  }

  /** Sorts all that the branches take for granted anew. */
  begin(editions: readonly Edition[], assumed: readonly Assumptions[]): void {
    this.#assumed = assumed;
    this.#learned = [];
    this.grounds = [...new Set(assumed)].map((each) => new Grounds(each));
    this.pattern = patternOf(editions, assumed);
    this.general = [this.pattern, ...this.grounds.map(({ general }) => general)].join('\t');
  }

  /** Can this be learned, in each branch, without anything changing that matters to every store? */
  takes(lessons: readonly Lesson[]): boolean {
    return lessons.every((lesson, place) => this.grounds[place]?.takes(lesson));
  }

  /** Adds what was learned; says which values it is about. `assumed`: what the branches take for granted with it. */
  learn(lessons: readonly Lesson[], assumed?: readonly Assumptions[]): ReadonlySet<string> {
    const touched = new Set<string>();
    for (const [place, lesson] of lessons.entries()) {
      for (const value of (this.grounds[place] as Grounds).learn(lesson)) touched.add(value);
    }
    if (assumed === undefined) this.#learned.push(lessons);
    else this.#settle(assumed);
    return touched;
  }

  /** Was something learned that the branches do not have yet? */
  get hasLearned(): boolean {
    return this.#learned.length > 0;
  }

  /** What the branches take for granted, with all that was learned. */
  settled(): readonly Assumptions[] {
    if (this.#learned.length === 0) return this.#assumed;
    const before = [...new Set(this.#assumed)];
    const now = new Map(
      before.map((each, place) => [each, each.taught(this.#learned.map((lessons) => lessons[place] as Lesson))]),
    );
    this.#learned = [];
    this.#settle(this.#assumed.map((each) => now.get(each) as Assumptions));
    return this.#assumed;
  }

  #settle(assumed: readonly Assumptions[]): void {
    this.#assumed = assumed;
    for (const [place, each] of [...new Set(assumed)].entries()) (this.grounds[place] as Grounds).settle(each);
  }
}

function patternOf(editions: readonly Edition[], assumed: readonly Assumptions[]): string {
  const distinct = [...new Set(assumed)];
  return [...editions, ...assumed.map((each) => distinct.indexOf(each))].join();
}
