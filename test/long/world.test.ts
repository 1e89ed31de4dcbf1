import { expect, it } from 'vitest';
import { embeddedAnswers, embeddedWorld } from '../../src/cli/check/embedded-world.ts';
import type { Request } from '../../src/spec/inputs.ts';
import { drive } from '../../src/suite/drive.ts';
import { ReferenceService } from '../../src/wire/reference-service.ts';

it('reaches all that can be reached in the world of the embedded endpoint', async () => {
  const service = new ReferenceService({
    reading: { edition: '2022-11', answers: embeddedAnswers },
    world: embeddedWorld,
  });
  const { unreached, findings } = await drive(
    { send: async (request: Request) => service.answer(request) },
    { editions: ['2022-11'], answers: {}, seed: 1, runs: 0, withKeys: true, world: embeddedWorld },
  );

  expect(findings).toEqual([]);
  expect(unreached.untried).toEqual([]);
  expect(unreached.world.length).toBeLessThan(4);
});
