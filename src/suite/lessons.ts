import type { Oracle } from '../oracle/oracle.ts';
import type { Step } from './run.ts';

/** A sequence, or several in a row, with what was believed before. */
interface Lesson {
  readonly before: Oracle;
  readonly steps: readonly Step[];
}

/** With more than this, lessons that follow each other are joined: it takes longer to find which step it was. */
const mostLessons = 256;
/** So many earlier sequences are put before a violation. */
const mostNeeded = 6;

/**
 * The sequences that the oracle has learned from. A violation may rest on what was learned long before: an answer to
 * a question, or what is so of a cluster. To show it alone, the sequences that taught it have to come first.
 */
export class Lessons {
  #lessons: readonly Lesson[] = [];

  add(before: Oracle, steps: readonly Step[]): void {
    this.#lessons = [...this.#lessons, { before: before.fork(), steps }];
    if (this.#lessons.length > mostLessons) this.#lessons = joinedInPairs(this.#lessons);
  }

  /**
   * The steps that it takes, before those of a failure, for the failure to show from nothing; undefined if that cannot
   * be found out. What was believed only grew, so that each sequence that matters is found by halving.
   *
   * @param shows whether the failure shows after these steps, to who believed this before
   */
  async needed(
    shows: (before: Oracle, lessons: readonly Step[]) => boolean,
    inTime: () => boolean,
  ): Promise<readonly Step[] | undefined> {
    let chosen: readonly Step[] = [];
    // All that was learned in the lessons before this one is enough, together with those that are chosen.
    let end = this.#lessons.length;
    for (let count = 0; count <= mostNeeded; count++) {
      const [first] = this.#lessons;
      if (first === undefined || shows(first.before, chosen)) return chosen;
      let few = 0;
      let enough = end;
      while (enough - few > 1) {
        if (!inTime()) return undefined;
        await new Promise(setImmediate); // so that whoever wants to interrupt can
        const middle = (few + enough) >> 1;
        if (shows((this.#lessons[middle] as Lesson).before, chosen)) enough = middle;
        else few = middle;
      }
      const lesson = this.#lessons[few];
      if (lesson === undefined) return undefined;
      chosen = [...lesson.steps, ...chosen];
      end = few;
    }
    return undefined;
  }
}

const joinedInPairs = (lessons: readonly Lesson[]): readonly Lesson[] =>
  lessons.flatMap((lesson, index) => {
    if (index % 2 === 1) return [];
    const next = lessons[index + 1];
    return [{ before: lesson.before, steps: [...lesson.steps, ...(next?.steps ?? [])] }];
  });
