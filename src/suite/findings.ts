import type { Oracle } from '../oracle/oracle.ts';
import type { OracleOptions } from '../oracle/oracle-options.ts';
import { type Fault, faultOf, fingerprintOf, isLike } from './fault.ts';
import type { Lab } from './lab.ts';
import type { Lessons } from './lessons.ts';
import { type Minimal, minimize } from './minimize.ts';
import { eventsOf } from './on-record.ts';
import type { Failure } from './run.ts';

/** One distinct fault, with its shortest history. */
export interface Finding extends Minimal {
  readonly fingerprint: string;
  /** How many sequences showed it. */
  times: number;
}

interface FindingsOptions {
  /** For how long to shorten the history of one fault, in milliseconds; of all, four times as long. */
  readonly shrinking?: number;
  readonly progress?: (what: string) => void;
  readonly suspected?: (fault: Fault) => void;
  readonly found?: (finding: Finding) => void;
}

/** What is shortened is shortened for so long, unless told otherwise, and what comes later less. */
const longestShrinking = 10_000;
const mostFindings = 40;

/** The distinct faults that a run has found. */
export class Findings {
  readonly #options: FindingsOptions;
  readonly #found = new Map<string, Finding>();
  readonly #seen: Fault[] = [];
  #shrinkingLeft: number;

  constructor(options: FindingsOptions) {
    this.#options = options;
    this.#shrinkingLeft = 4 * (options.shrinking ?? longestShrinking);
  }

  get all(): readonly Finding[] {
    return [...this.#found.values()];
  }

  /** Takes up a violation: counts it if it is known, and finds its shortest history if it is new. */
  async take(lab: Lab, failure: Failure, lessons: Lessons, base: Oracle, judging: OracleOptions): Promise<void> {
    const fault = faultOf(failure.violation, eventsOf(failure.steps));
    if (this.#seen.some((each) => isLike(each, fault) && sameAfter(each, fault))) {
      const known = this.all.find((finding) => isLike(finding.fault, fault));
      if (known !== undefined) known.times += 1;
      return;
    }
    this.#seen.push(fault);
    if (this.#found.size >= mostFindings) return;
    this.#options.suspected?.(fault);
    this.#options.progress?.('shrinking a violation');
    const start = performance.now();
    const most = Math.min(this.#options.shrinking ?? longestShrinking, Math.max(0, this.#shrinkingLeft));
    const minimal = await minimize(failure, { lab, lessons, base, judging, until: start + most });
    this.#shrinkingLeft -= performance.now() - start;
    this.#seen.push(minimal.fault);
    this.add(minimal);
  }

  add(minimal: Minimal): void {
    const fingerprint = fingerprintOf(minimal.fault);
    const known = this.#found.get(fingerprint);
    if (known !== undefined) {
      known.times += 1;
      return;
    }
    const finding: Finding = { ...minimal, fingerprint, times: 1 };
    this.#found.set(fingerprint, finding);
    this.#options.found?.(finding);
  }
}

/** Do both faults show in the same states, or after the same kind of request? */
const sameAfter = (a: Fault, b: Fault): boolean =>
  a.shows.length > 0
    ? kindOf(a.after) === kindOf(b.after)
    : JSON.stringify(a.connectionStates) === JSON.stringify(b.connectionStates);
const kindOf = (after: string | undefined): string | undefined => after?.replace(/ of [^:]*/, '');
