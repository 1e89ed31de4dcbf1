import { type Arrow, arrows, chart, chartStates } from '../machine/chart.ts';
import { customKeyStoreMachine } from '../machine/custom-key-store.machine.ts';
import type { ChangeableFields } from '../machine/guards.ts';

/** The formats in which the machine can be drawn or written. */
export const diagramFormats = ['mermaid', 'dot', 'plantuml', 'scxml', 'xstate'] as const;
export type DiagramFormat = (typeof diagramFormats)[number];

/** The machine in a format. Refusals are left out: they lead nowhere. */
export function diagram(format: DiagramFormat): string {
  return formats[format]();
}

const formats: Readonly<Record<DiagramFormat, () => string>> = { mermaid, dot, plantuml, scxml, xstate };

const drawn = arrows.filter(({ from, actions }) => from !== undefined && !actions.includes('refuse'));
const targetOf = ({ from, target }: Arrow): string => target ?? from ?? '';

function mermaid(): string {
  return [
    'stateDiagram-v2',
    `  [*] --> ${chart.initial}: CreateCustomKeyStore`,
    ...drawn.map((arrow) => `  ${arrow.from} --> ${targetOf(arrow)}: ${labelOf(arrow)}`),
    '  DELETED --> [*]',
    '',
  ].join('\n');
}

function dot(): string {
  return [
    'digraph customKeyStore {',
    '  rankdir=LR;',
    '  node [shape=box, style=rounded];',
    '  created [shape=point];',
    `  created -> ${chart.initial} [label="CreateCustomKeyStore"];`,
    ...drawn.map((arrow) => `  ${arrow.from} -> ${targetOf(arrow)} [label="${labelOf(arrow)}"];`),
    '}',
    '',
  ].join('\n');
}

function plantuml(): string {
  return [
    '@startuml',
    `[*] --> ${chart.initial} : CreateCustomKeyStore`,
    ...chartStates.map((state) => `${state} : ${chart.states[state].description ?? ''}`),
    ...drawn.map((arrow) => `${arrow.from} --> ${targetOf(arrow)} : ${labelOf(arrow)}`),
    'DELETED --> [*]',
    '@enduml',
    '',
  ].join('\n');
}

function scxml(): string {
  const state = (name: (typeof chartStates)[number]): string => {
    if (chart.states[name].type === 'final') return `  <final id="${name}"/>`;
    const transitions = drawn
      .filter(({ from }) => from === name)
      .map((arrow) => {
        const target = arrow.target === undefined ? '' : ` target="${arrow.target}"`;
        const guard = arrow.guard === undefined ? '' : `<!-- if ${xml(labelOf(arrow))} -->`;
        return `    <transition event="${arrow.event}"${target}>${guard}</transition>`;
      });
    return [`  <state id="${name}">`, ...transitions, '  </state>'].join('\n');
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" name="customKeyStore" initial="${chart.initial}">`,
    ...chartStates.map(state),
    '</scxml>',
    '',
  ].join('\n');
}

/** A module that pastes into Stately's editor as it stands. */
function xstate(): string {
  const { context: _, ...literal } = customKeyStoreMachine.config;
  return `import { createMachine } from 'xstate';\n\nexport const customKeyStore = createMachine(${JSON.stringify(literal, null, 2)});\n`;
}

function labelOf({ event, guard }: Arrow): string {
  if (guard?.type === 'acceptsFields') {
    const fields = guard.params as unknown as ChangeableFields;
    const lists = Object.entries(fields).map(
      ([type, cells]) => `${type} ${Object.entries(cells).map(fieldLabel).join(' ')}`,
    );
    return `${event} / ${lists.join(' / ')}`;
  }
  const answers = guard?.type === 'acceptsAs' ? Object.entries(guard.params).map(([, choice]) => ` if ${choice}`) : [];
  const from = guard?.type === 'failsBackTo' ? ' if it was so before' : '';
  return `${event}${answers.join('')}${from}`;
}

const fieldLabel = ([field, cell]: readonly [string, string]): string => (cell === 'allow' ? field : `${field}?`);
const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('--', '- -');
