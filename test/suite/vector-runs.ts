import { outcomesOf } from '../../src/machine/account.ts';
import { completed } from '../../src/machine/types.ts';
import { healthyWorld } from '../../src/spec/facts.ts';
import { choicesOf, fixedChoice, type QuestionId } from '../../src/spec/questions.ts';
import type { Answers, Reading } from '../../src/spec/reading.ts';
import { known } from '../../src/spec/reading.ts';
import { drivenWorld, type WorldFile, worldOf } from '../../src/spec/world.ts';
import { anyTime } from '../../src/suite/vectors/files.ts';
import type { Vector } from '../../src/suite/vectors/format.ts';
import { type Result, VectorRun } from '../../src/suite/vectors/run.ts';
import { withKeyOfCiphertext } from '../../src/wire/outputs.ts';
import type { Fault } from '../../src/wire/reference-service.ts';
import { ReferenceService, type ServiceOptions } from '../../src/wire/reference-service.ts';

const anyTimeNames: ReadonlySet<string> = new Set(anyTime.map(({ error }) => error));

/** What the reference refuses without asking a rule, or because the specification has no outcome at all. */
const unasked: readonly string[] = ['SerializationException', 'UnsupportedOperationException'];

/**
 * Whoever is refused for several reasons may be told any of them; the reference tells the first, this one the last.
 * Here the rules are asked whatever the reference does.
 */
const asking =
  (reading: Reading, world: WorldFile, tells: 'first' | 'last'): Fault =>
  ({ request, before, answer, after }) => {
    if ('ok' in answer || (tells === 'first' && !unasked.includes(answer.error))) return { answer, after };
    const is = known(completed(reading), worldOf(drivenWorld(world), healthyWorld));
    const { outcomes } = outcomesOf(before, withKeyOfCiphertext(request), is, 'fresh');
    if (outcomes.length === 0) throw new Error(`${request.op} has no outcome`);
    const certain = outcomes.filter(({ when }) => when === true);
    const told = tells === 'first' ? certain[0] : certain.at(-1);
    if (told?.result === 'ok') return { answer: { ok: {} }, after: told.next };
    return typeof told?.result === 'object' ? { answer: told.result, after: told.next } : { answer, after };
  };

/** Runs a vector against the specification itself, in the world that it declares. */
export function runAgainstReference(
  vector: Vector,
  reading: Reading,
  { tells = 'first', ...more }: Partial<ServiceOptions> & { readonly tells?: 'first' | 'last' } = {},
): Result {
  const answers = { ...reading.answers, ...vector.assumes };
  const service = new ReferenceService({
    reading: { edition: reading.edition, answers },
    ...(vector.world && { world: vector.world }),
    fault: asking({ edition: reading.edition, answers }, vector.world ?? {}, tells),
    ...more,
  });
  const run = new VectorRun(vector, anyTimeNames, 8);
  while (run.result === undefined) run.observe(service.answer(run.request));
  return run.result;
}

/** Each choice of each question that a vector touches, in every edition of it that leaves the question open. */
export function readingsOf(vector: Vector): readonly Reading[] {
  return vector.editions.flatMap((edition) => [
    { edition, answers: {} },
    ...vector.questions.flatMap((question) =>
      fixedChoice(question as QuestionId, edition) !== undefined
        ? []
        : choicesOf(question as QuestionId)
            .slice(1)
            .map((choice) => ({ edition, answers: { [question]: choice } as Answers })),
    ),
  ]);
}
