import { fieldsIn } from '../../machine/allowed.ts';
import { arrows, chart, chartStates } from '../../machine/chart.ts';
import { cellOf, fieldsOf, type UpdateField } from '../../spec/eligibility.ts';
import { keyStateTable } from '../../spec/key-state.ts';
import { fixedChoice, questionOf } from '../../spec/questions.ts';
import {
  type ConnectionState,
  connectionStates,
  type Edition,
  editions,
  type Operation,
  type StoreType,
  storeTypes,
  visibleKeyStates,
} from '../../spec/vocabulary.ts';
import { code, list, page, table } from '../markdown.ts';
import { anchor, toOperation } from './links.ts';

const moves = arrows.filter(({ from, actions }) => from !== undefined && !actions.includes('refuse'));

export function states(): string {
  return page(
    'States and transitions',
    'Every custom key store, of either type, is in one of five connection states. DescribeCustomKeyStores shows it as ConnectionState. Nearly everything that may be done with a store depends on it.',
    `\`\`\`mermaid\n${life()}\n\`\`\``,
    'What begins with a small letter happens without a request. Operations that change no connection state are not drawn; the tables below have them all.',
    table(
      ['State', 'Meaning'],
      chartStates.map((state) => [
        isLeft(state) ? `[${code(state)}](#${anchor(state)})` : code(state),
        chart.states[state].description ?? '',
      ]),
    ),
    '## Transitions',
    'A request that no row of a state accepts is refused there. A question decides where two rows differ only in what comes of them. The ids are those of the [register](requirements.md).',
    ...chartStates.filter(isLeft).map(leaving),
    '## Keys of a store',
    'A key shows a state of its own. While its store is not CONNECTED, a key that is not pending deletion shows Unavailable. What each operation makes of the state of a key:',
    table(
      ['Operation', ...visibleKeyStates],
      Object.entries(keyStateTable).map(([op, row]) => [
        toOperation(op as Operation),
        ...visibleKeyStates.map((state) => (row[state] === 'ok' ? 'yes' : `no: ${row[state]}`)),
      ]),
    ),
    'CreateKey and GenerateRandom need a CONNECTED store.',
  );
}

const isLeft = (state: (typeof chartStates)[number]): boolean => moves.some(({ from }) => from === state);

/** The arrows between different states, with one line for each pair of them. */
function life(): string {
  const pairs = new Map<string, Set<string>>();
  for (const { from, target, event } of moves) {
    if (target === undefined || target === from) continue;
    const pair = `${from} --> ${target}`;
    pairs.set(pair, (pairs.get(pair) ?? new Set()).add(event.replace('.', ' ')));
  }
  return [
    'stateDiagram-v2',
    '  accTitle: The connection states of a custom key store',
    `  [*] --> ${chart.initial}: CreateCustomKeyStore`,
    ...[...pairs].map(([pair, events]) => `  ${pair}: ${[...events].join(' or ')}`),
    '  DELETED --> [*]',
  ].join('\n');
}

function leaving(state: (typeof chartStates)[number]): string {
  const rows = moves
    .filter(({ from }) => from === state)
    .map(({ event, target, description, transition }) => [
      code(event),
      target === undefined ? 'stays' : code(target),
      description ?? '',
      transition ?? '',
    ]);
  return `### ${state}\n\n${table(['Event', 'Next state', 'Remark', 'Id'], rows)}`;
}

export function eligibility(): string {
  return page(
    'Eligibility',
    'Which member of UpdateCustomKeyStore may change its property in which connection state.',
    list([
      '*yes*: the connection state does not stand in the way. Other [rules](operations/UpdateCustomKeyStore.md#rules) may refuse all the same.',
      '*no*: refused with CustomKeyStoreInvalidStateException, by the rule [update/in-state](rules.md#updatein-state).',
      '*open*: the documents are silent or disagree, so both are allowed. The link leads to the question.',
      '**bold**: it differs from the edition before.',
    ]),
    'A member that an edition does not have is absent from its tables: `kms-cks allowed`, and `allowed()` of the library, refuse to speak of it there.',
    ...editions.flatMap((edition) => [
      `## Edition ${edition}`,
      ...storeTypes.flatMap((type) => [`### ${type} in ${edition}`, tableOf(type, edition)]),
    ]),
  );
}

function tableOf(type: StoreType, edition: Edition): string {
  const before = editions[editions.indexOf(edition) - 1];
  const fields = fieldsOf(type).filter((field) => fieldsIn(edition).includes(field));
  const shown = (field: UpdateField, state: ConnectionState): string => {
    const now = cellIn(type, field, state, edition);
    const isNew =
      before !== undefined && (!fieldsIn(before).includes(field) || cellIn(type, field, state, before) !== now);
    return isNew ? `**${now}**` : now;
  };
  return table(
    ['Member', ...connectionStates],
    fields.map((field) => [code(field), ...connectionStates.map((state) => shown(field, state))]),
  );
}

/** What a cell says in an edition: yes, no, or open with a link to the question. */
export function cellIn(type: StoreType, field: UpdateField, state: ConnectionState, edition: Edition): string {
  const cell = cellOf(type, field, state);
  if (cell === 'allow' || cell === 'reject' || cell === undefined) return cell === 'allow' ? 'yes' : 'no';
  const settled =
    fixedChoice(cell, edition) ??
    (Object.keys(questionOf(cell).choices).length === 1 ? 'REJECT_INVALID_STATE' : undefined);
  if (settled !== undefined) return settled === 'REJECT_INVALID_STATE' ? 'no' : 'yes';
  return `[open](questions.md#${anchor(cell)})`;
}
