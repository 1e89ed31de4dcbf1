import type { ObservedOutcome } from '../../oracle/history.ts';
import { bareErrorName } from '../../spec/errors.ts';
import type { Request } from '../../spec/inputs.ts';
import type { Allowed, Pattern, Vector } from './format.ts';
import { neverShown } from './patterns.ts';

/** What came of a vector. */
export type Result =
  | { readonly verdict: 'passed' }
  | {
      readonly verdict: 'failed' | 'timed out' | 'disturbed';
      /** The place of the step in the vector, from 0. */
      readonly step: number;
      readonly observed: ObservedOutcome;
    };

/** A vector that is being run: it gives one request after the other, and is told what came of each. */
export class VectorRun {
  readonly #vector: Vector;
  readonly #anyTime: ReadonlySet<string>;
  readonly #patience: number;
  readonly #kept = new Map<string, string>();
  #at = 0;
  readonly #sent = new Map<number, number>();
  #result: Result | undefined;

  /** @param patience how often one step is sent before the run gives up: most often a wait */
  constructor(vector: Vector, anyTime: ReadonlySet<string>, patience: number) {
    this.#vector = vector;
    this.#anyTime = anyTime;
    this.#patience = patience;
  }

  get result(): Result | undefined {
    return this.#result;
  }

  /** The request to send now. */
  get request(): Request {
    const { op, input } = this.#step;
    return { op, input: this.#filled(input) } as Request;
  }

  observe(observed: ObservedOutcome): void {
    const allowed = this.#step.allow.find((each) => this.#isAllowed(each, observed));
    if (allowed === undefined) {
      const isDisturbed = 'unknown' in observed || ('error' in observed && this.#anyTime.has(observed.error));
      this.#result = { verdict: isDisturbed ? 'disturbed' : 'failed', step: this.#at, observed };
      return;
    }
    if ('keep' in allowed && allowed.keep !== undefined && 'ok' in observed) {
      for (const [name, path] of Object.entries(allowed.keep)) {
        const value = at(observed.ok, path);
        if (typeof value !== 'string') {
          this.#result = { verdict: 'failed', step: this.#at, observed };
          return;
        }
        this.#kept.set(name, value);
      }
    }
    const { next } = allowed;
    if (next === undefined) {
      this.#result = { verdict: 'passed' };
      return;
    }
    const sent = (this.#sent.get(next) ?? 0) + 1;
    this.#sent.set(next, sent);
    if (sent > this.#patience) this.#result = { verdict: 'timed out', step: this.#at, observed };
    else this.#at = next;
  }

  get #step() {
    const step = this.#vector.steps[this.#at];
    if (step === undefined) throw new Error(`${this.#vector.id} has no step ${this.#at}`);
    return step;
  }

  #filled(value: unknown): unknown {
    if (typeof value === 'string') return this.#kept.get(/^\$\{(.+)\}$/.exec(value)?.[1] ?? '') ?? value;
    if (Array.isArray(value)) return value.map((each) => this.#filled(each));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, this.#filled(each)]));
  }

  #isAllowed(allowed: Allowed, observed: ObservedOutcome): boolean {
    if ('error' in allowed) {
      return 'error' in observed && (allowed.error as readonly string[]).includes(bareErrorName(observed.error));
    }
    return (
      'ok' in observed &&
      !showsNever(observed.ok) &&
      allowed.ok.some((place) => this.#fits(this.#vector.shows[place], observed.ok))
    );
  }

  #fits(expected: unknown, observed: unknown): boolean {
    if (Array.isArray(expected)) return Array.isArray(observed) && this.#fitsList(expected, observed);
    if (!isObject(expected)) return this.#filled(expected) === observed;
    return isObject(observed) && this.#fitsMembers(expected, observed);
  }

  /** Any order, and none more. */
  #fitsList(expected: readonly unknown[], observed: readonly unknown[]): boolean {
    const left = [...observed];
    for (const each of expected) {
      const index = left.findIndex((element) => this.#fits(each, element));
      if (index < 0) return false;
      left.splice(index, 1);
    }
    return left.length === 0;
  }

  #fitsMembers({ $present, $absent, $new, $oneOf, $empty, ...members }: Pattern, observed: Pattern): boolean {
    const isThere = (name: string) => observed[name] !== undefined && observed[name] !== null;
    const isNew = (name: string) =>
      typeof observed[name] === 'string' && ![...this.#kept.values()].includes(observed[name]);
    return (
      list($present).every(isThere) &&
      !list($absent).some(isThere) &&
      list($new).every(isNew) &&
      Object.entries(isObject($oneOf) ? $oneOf : {}).every(([name, among]) =>
        (among as readonly unknown[]).includes(observed[name]),
      ) &&
      ($empty !== true || Object.keys(observed).length === 0) &&
      Object.entries(members).every(([name, expected]) => this.#fits(expected, observed[name]))
    );
  }
}

/** Is there a member that no answer ever has, at any depth? */
const showsNever = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).some(
    ([name, inner]) => (neverShown.includes(name) && inner !== undefined && inner !== null) || showsNever(inner),
  );

const list = (names: unknown): readonly string[] => (Array.isArray(names) ? (names as readonly string[]) : []);

const isObject = (value: unknown): value is Pattern =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
