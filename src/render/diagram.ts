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

/** Explains what stands on the arrows of updates. */
const legend = 'A member with a question mark - the documents leave it open whether it may change';

const drawn = arrows.filter(({ from, actions }) => from !== undefined && !actions.includes('refuse'));

/** What leads from one state to another, as one arrow: the lines of its label. */
interface Edge {
  readonly from: string;
  readonly to: string;
  readonly lines: readonly string[];
}

const edges = (): readonly Edge[] => [
  { from: '', to: chart.initial, lines: ['CreateCustomKeyStore'] },
  ...drawn
    .reduce((found, arrow) => {
      const { from = '', target: to = from } = arrow;
      const place = `${from} ${to}`;
      const lines = [...(found.get(place)?.lines ?? []), ...labelOf(arrow).split(' / ').flatMap(wrapped)];
      return found.set(place, { from, to, lines });
    }, new Map<string, Edge>())
    .values(),
];

/** What leads nowhere else stands in notes: as labels of loops, they would lie on each other. */
function mermaid(): string {
  const loops = edges().filter(({ from, to }) => from === to);
  return [
    'stateDiagram-v2',
    ...edges()
      .filter(({ from, to }) => from !== to)
      .map(({ from, to, lines }) => `  ${from || '[*]'} --> ${to}: ${lines.join('<br>')}`),
    '  DELETED --> [*]',
    ...loops.flatMap(({ from, lines }, index) => [
      `  note ${index % 2 === 0 ? 'left' : 'right'} of ${from}`,
      ...[`Stays ${from}`, ...lines, ...(index === 0 ? [legend] : [])].map((line) => `    ${line}`),
      '  end note',
    ]),
    '',
  ].join('\n');
}

function dot(): string {
  return [
    'digraph customKeyStore {',
    `  label="${legend}";`,
    '  node [shape=box, style=rounded];',
    '  created [shape=point];',
    ...edges().map(({ from, to, lines }) => `  ${from || 'created'} -> ${to} [label="${lines.join('\\l')}\\l"];`),
    '}',
    '',
  ].join('\n');
}

function plantuml(): string {
  return [
    '@startuml',
    ...chartStates.map((state) => `${state} : ${chart.states[state].description ?? ''}`),
    ...edges().map(({ from, to, lines }) => `${from || '[*]'} --> ${to} : ${lines.join('\\n')}`),
    'DELETED --> [*]',
    'legend',
    legend,
    'endlegend',
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
    `<!-- ${legend} -->`,
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

/** The words in lines that are not too long for a picture. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line === undefined || line.length + word.length >= longest) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}
const longest = 52;

const fieldLabel = ([field, cell]: readonly [string, string]): string => (cell === 'allow' ? field : `${field}?`);
const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('--', '- -');
