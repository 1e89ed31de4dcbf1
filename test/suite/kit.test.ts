import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleIds } from '../../src/spec/catalogue.ts';
import type { WorldFile } from '../../src/spec/world.ts';
import { commandModel, requestCommands } from '../../src/suite/kit/commands.ts';
import { conformanceTests, untried } from '../../src/suite/kit/conformance.ts';
import { conformance } from '../../src/vitest.ts';
import { type FaultName, faults } from '../../src/wire/faults.ts';
import { reference } from './reference.ts';

const { send, ...around } = reference({});
conformance(send, { ...around, runs: 5 });

describe('the tests of an implementation', () => {
  const tests = conformanceTests(send, around);

  it('are one for every rule, every transition and type, and every state, and random sequences', () => {
    const rules = tests.filter(({ kind }) => kind === 'rule');

    expect(rules.map(({ name }) => name.split(/[ :]/)[1])).toEqual(ruleIds);
    expect(tests.filter(({ kind }) => kind === 'transition')).toHaveLength(34);
    expect(tests.filter(({ kind }) => kind === 'state')).toHaveLength(27);
    expect(tests.filter(({ kind }) => kind === 'random')).toHaveLength(1);
    expect(new Set(tests.map(({ name }) => name)).size).toBe(tests.length);
  });

  it('say why those are skipped that take a world, and run them once it is declared', () => {
    const world: WorldFile = {
      clusters: { 'cluster-ccccccccccc': { active: false } },
      proxies: { 'https://bad.example/kms/xks/v1': { fault: 'TIMED_OUT' } },
    };
    const skips = (given: WorldFile) =>
      conformanceTests(send, { ...around, world: given }).flatMap(({ name, skip }) =>
        skip === undefined ? [] : [name.split(/[ :]/)[1]],
      );
    const left = skips(world);
    const opened = skips({}).filter((name) => !left.includes(name));

    expect(opened).toContain('cluster/not-active');
    expect(opened).toContain('proxy/timed-out');
  });

  it('are all registered, or told of by name and reason', () => {
    const left = tests.flatMap(({ name, skip }) => (skip === undefined ? [] : [`${name} (${skip})`]));
    const told = untried(tests);

    expect(told.flatMap(({ lines }) => lines).sort()).toEqual([...left].sort());
    expect(told.map(({ name }) => name)).toEqual([
      'not tried: 47 take a world that is not declared',
      'not tried: 19 are reached by no sequence of requests for certain',
    ]);
    expect(untried(conformanceTests(send, {})).at(-1)?.name).toMatch(/make keys/);
  });
});

describe('commands for fc.commands', () => {
  const run = (fault?: FaultName) => {
    const service = reference(fault === undefined ? {} : { fault: faults[fault] });
    return fc.check(
      fc.asyncProperty(fc.commands(requestCommands(), { size: '+1' }), async (commands) => {
        service.reset();
        await fc.asyncModelRun(() => ({ model: commandModel({ edition: '2022-11' }), real: service }), commands);
      }),
      { seed: 4, numRuns: 40 },
    );
  };

  it('pass on the reference service', async () => {
    expect(await run()).toMatchObject({ failed: false });
  });

  it('find a fault, and shrink it', async () => {
    const { failed, counterexample, errorInstance } = await run('delete-while-connected');

    expect(failed).toBe(true);
    expect(String(errorInstance)).toContain('DeleteCustomKeyStore got ok');
    expect(String(counterexample).split('{"op"').length - 1).toBeLessThan(5);
  });
});
