import { spawnSync } from 'node:child_process';
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { createMachine, initialTransition } from 'xstate';
import { chartStates } from '../../src/machine/chart.ts';
import { diagram } from '../../src/render/diagram.ts';

describe('a diagram opens in the tool it is for', () => {
  it('mermaid', async () => {
    const window = new Window();
    Object.assign(globalThis, { window, document: window.document, Element: window.Element });
    const { default: mermaid } = await import('mermaid');

    expect(await mermaid.parse(diagram('mermaid'))).toMatchObject({ diagramType: 'stateDiagram' });
    await expect(mermaid.parse('stateDiagram-v2\n  A --> ')).rejects.toThrow();
  });

  it('dot', () => {
    const { status, stdout } = run('dot', ['-Tsvg'], diagram('dot'));

    expect(status).toBe(0);
    for (const state of chartStates) expect(stdout).toContain(`>${state}</text>`);
  });

  it('plantuml', () => {
    const { status, stdout } = run('plantuml', ['-tsvg', '-pipe'], diagram('plantuml'));

    expect(status).toBe(0);
    for (const state of chartStates) expect(stdout).toContain(state);
  });

  it('scxml', () => {
    const states = run(
      'xmllint',
      ['--xpath', "count(//*[local-name()='state' or local-name()='final'])", '-'],
      diagram('scxml'),
    );

    expect(states.status).toBe(0);
    expect(Number(states.stdout)).toBe(chartStates.length);
  });

  it('xstate', () => {
    const literal = diagram('xstate')
      .replace(/^[\s\S]*?createMachine\(/, '')
      .replace(/\);\s*$/, '');
    const machine = createMachine(JSON.parse(literal) as object);

    expect(Object.keys(machine.states)).toEqual(chartStates);
    expect(initialTransition(machine)[0].value).toBe('DISCONNECTED');
  });
});

// Helpers

const run = (program: string, args: readonly string[], input: string) =>
  spawnSync(program, args, { input, encoding: 'utf8' });
