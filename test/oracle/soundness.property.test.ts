import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Request } from '../../src/spec/inputs.ts';
import { choicesOf, fixedChoice, type QuestionId, questionIds } from '../../src/spec/questions.ts';
import type { Answers } from '../../src/spec/reading.ts';
import { type Edition, editions } from '../../src/spec/vocabulary.ts';
import { drive } from '../../src/suite/drive.ts';
import { ReferenceService } from '../../src/wire/reference-service.ts';

const combinations = process.env['SUITE'] === 'exhaustive' ? 400 : 16;

describe('a correct implementation', () => {
  it('is never flagged, however it answers the questions', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...editions),
        anyAnswers(),
        fc.nat(),
        fc.boolean(),
        async (edition, every, seed, fails) => {
          const answers = openIn(edition, every);
          const service = new ReferenceService({
            reading: { edition, answers },
            ...(fails ? { failConnect: 'INTERNAL_ERROR' as const } : {}),
          });
          const send = async (request: Request) => service.answer(request);
          const report = await drive(
            { send },
            { editions, answers: {}, seed, runs: 4, withKeys: true, patience: 0, shard: { index: seed % 40, of: 40 } },
          );

          expect(
            report.findings.map(({ violation }) => ({ event: violation.event, allowed: violation.allowed })),
          ).toEqual([]);
          expect(report.editions).toContain(edition);
        },
      ),
      { numRuns: combinations, seed: 42 },
    );
  });
});

// Helpers

/** The answers to the questions that the edition leaves open: an implementation of it has no choice in the others. */
const openIn = (edition: Edition, answers: Answers): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([id]) => fixedChoice(id as QuestionId, edition) === undefined));

/** An answer to every question. */
const anyAnswers = (): fc.Arbitrary<Answers> =>
  fc.record(
    Object.fromEntries(questionIds.map((id) => [id, fc.constantFrom(...choicesOf(id))])),
  ) as fc.Arbitrary<Answers>;
