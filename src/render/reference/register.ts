import type { Verification } from '../../machine/verify.ts';
import type { Requirement } from '../../spec/requirement.ts';
import { requirements } from '../../spec/requirements.ts';
import { code, list, page, table } from '../markdown.ts';
import { toQuestion, toRule, toSource } from './links.ts';

export function properties(verified: readonly (readonly [string, Verification])[]): string {
  return page(
    'Properties',
    'Claims about every account that can come about, decided by visiting every state that can be reached. There are three kinds:',
    list([
      '*always*: it is so in every state, or of every step.',
      '*sometimes*: it is so in at least one. Every *always* names one that shows that it is not empty: what it speaks of is there.',
      '*leads to*: from every state with the one thing there is a way to a state with the other.',
    ]),
    'Two stores are explored with the requests that can collide, and with what it takes to connect, fill, use and empty them; every other request looks at its own store alone, and what comes of it is seen with one store.',
    '*Looked at* counts states or steps of an *always*, witnesses of a *sometimes*, and beginnings of a *leads to*. `kms-cks explore` decides them anew.',
    ...verified.map(([title, { states: count, transitions, findings }]) =>
      [
        `## ${title}`,
        `${count} states, ${transitions} transitions.`,
        table(
          ['Property', 'Kind', 'Holds', 'Looked at', 'Id', 'Shown by'],
          findings.map(({ id, property, holds, instances }) => [
            property.says,
            property.holds,
            holds ? 'yes' : property.needs === undefined ? 'no' : `needs ${property.needs}`,
            String(instances),
            code(id),
            'shownBy' in property ? code(property.shownBy) : '',
          ]),
        ),
      ].join('\n\n'),
    ),
  );
}

/** The chapters of the register, by what the ids of their rows begin with. */
const chapterOf = (id: string): string =>
  /^S\d+$/.test(id) ? 'The source document' : /^T\d+$/.test(id) ? 'Transitions' : `About ${id.split('/')[0]}`;

export function register(): string {
  const rows = Object.entries(requirements);
  const chapters = [...new Set(rows.map(([id]) => chapterOf(id)))];
  return page(
    'Register of requirements',
    'What the documents say, row by row, and what answers to it: a rule, a [transition](states.md), a [property](properties.md), a question, a file, or the reason why nothing does. Members, errors, eligibility cells, connection error codes and proxy faults have tables of their own.',
    ...chapters.map((chapter) =>
      [
        `## ${chapter}`,
        table(
          ['Id', 'What is said', 'Source', 'Answered by'],
          rows
            .filter(([id]) => chapterOf(id) === chapter)
            .map(([id, row]) => [id, row.says, toSource(row.page), answers(row)]),
        ),
      ].join('\n\n'),
    ),
  );
}

function answers(row: Requirement): string {
  const { rules = [], transitions = [], properties: claims = [], questions = [], file, testedBy, notModelled } = row;
  return [
    ...rules.map((id) => `rule ${toRule(id)}`),
    ...transitions.map((id) => `transition ${id}`),
    ...claims.map((id) => `property ${code(id)}`),
    ...questions.map((id) => `question ${toQuestion(id)}`),
    ...(file === undefined ? [] : [`[${file}](../../${file})`]),
    ...(testedBy === undefined ? [] : [`tested in [${testedBy}](../../${testedBy})`]),
    ...(notModelled === undefined ? [] : [`not modelled: ${notModelled}`]),
  ].join('; ');
}
