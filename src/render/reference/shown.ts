import { cloudHsmStore, privateStore, publicStore } from '../../machine/alphabet.ts';
import { atomsOf } from '../../spec/condition.ts';
import { type Description, describedStore, isShownList } from '../../spec/description.ts';
import { healthyWorld } from '../../spec/facts.ts';
import { propertiesOfNew, typeOfNew } from '../../spec/properties.ts';
import { known } from '../../spec/reading.ts';
import { connectionStates, type Edition, editions } from '../../spec/vocabulary.ts';
import { code, table } from '../markdown.ts';
import { toQuestion } from './links.ts';

const newest = editions.at(-1) as Edition;
const kinds = [
  ['AWS CloudHSM', cloudHsmStore()],
  ['External, public endpoint', publicStore()],
  ['External, VPC endpoint service', privateStore()],
] as const;

/** What DescribeCustomKeyStores shows of a store, by its kind; asked of the specification, state by state. */
export function shownOfStores(): readonly string[] {
  const columns = kinds.map(([, input]) => shownOf(input));
  const named = [...new Set(columns.flatMap((column) => [...column.keys()]))];
  // A structure shows where its members do.
  const shown = named.filter((member) => !named.some((other) => other.startsWith(`${member}.`)));
  const rows = shown.map((member) => [code(member), ...columns.map((column) => column.get(member) ?? 'no')]);
  return [
    '## What an entry shows',
    `Which members an entry of \`CustomKeyStores\` has, in edition ${newest}:`,
    table(
      ['Member', ...kinds.map(([name]) => name)],
      rows.map((row) =>
        row.slice(1).every((cell) => cell === 'no') ? [row[0] ?? '', ...kinds.map(() => 'never')] : row,
      ),
    ),
  ];
}

function shownOf(input: (typeof kinds)[number][1]): ReadonlyMap<string, string> {
  const is = known({ edition: newest, answers: {} }, healthyWorld);
  const places = new Map<string, string[]>();
  const stores = connectionStates.map((connectionState) => ({
    id: 'cks-1',
    type: typeOfNew(input),
    connectionState,
    connectionErrorCode: 'INTERNAL_ERROR' as const,
    properties: propertiesOfNew(input, newest),
    keys: [],
  }));
  for (const store of stores) {
    for (const [member, place] of members(describedStore(store, is), store.connectionState)) {
      places.set(member, [...(places.get(member) ?? []), place]);
    }
  }
  return new Map([...places].map(([member, each]) => [member, told(each)]));
}

/** The members that may be there, each with the state in which it is, and the question that it depends on. */
function* members(description: Description, state: string, path = ''): Generator<readonly [string, string]> {
  for (const [name, shown] of Object.entries(description)) {
    if (!isShownList(shown)) yield* members(shown, state, `${path}${name}.`);
    else {
      const present = shown.filter(({ value }) => value !== undefined);
      const questions = present
        .flatMap(({ when }) => atomsOf(when))
        .flatMap((atom) => ('question' in atom ? [atom.question] : []));
      if (present.length > 0) yield [`${path}${name}`, [state, ...new Set(questions)].join(' ')];
      else yield [`${path}${name}`, ''];
    }
  }
}

/** Always, never, or in which states; where a question leaves it open, that. */
function told(places: readonly string[]): string {
  const found = places.filter((place) => place !== '').map((place) => place.split(' '));
  const sure = found.filter(([, question]) => question === undefined).map(([state = '']) => code(state));
  const questions = [...new Set(found.flatMap(([, ...asked]) => asked))];
  const open = questions.map((question) => `open: ${toQuestion(question as never)}`);
  if (found.length === 0) return 'no';
  if (sure.length === places.length) return 'yes';
  return [...sure, ...open].join(', ');
}
