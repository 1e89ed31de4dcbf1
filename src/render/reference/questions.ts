import { ruleIds, rules } from '../../spec/catalogue.ts';
import { editionNotes } from '../../spec/editions.ts';
import { type QuestionArea, questionAreas } from '../../spec/question.ts';
import { fixedChoice, type QuestionId, questionIds, questionOf } from '../../spec/questions.ts';
import { editions } from '../../spec/vocabulary.ts';
import { code, list, page, table } from '../markdown.ts';
import { cited, toQuestion, toRule } from './links.ts';

/** The files of the model in which a question is asked. */
export type AskedIn = (id: QuestionId) => readonly string[];

const titles: Readonly<Record<QuestionArea, string>> = {
  update: 'Updating a store',
  precedence: 'Which error comes first',
  connect: 'Connecting',
  disconnect: 'Disconnecting',
  delete: 'Deleting a store',
  create: 'Creating a store',
  describe: 'Describing stores',
  keys: 'Keys',
  wire: 'On the wire',
  cloudtrail: 'In CloudTrail',
};

export function questions(askedIn: AskedIn): string {
  const inArea = (area: QuestionArea) => questionIds.filter((id) => questionOf(id).area === area);
  return page(
    'Questions',
    'Points on which the documents are silent, or contradict each other. Each has the choices that are allowed. A question without an answer leaves all of them allowed; `--answer QUESTION=CHOICE` answers it, and an edition may settle it.',
    'The first choice is the default: the one that `serve` and the machine take when nobody answers. An implementation makes most choices once and for all. Where it may choose anew each time, the question says so.',
    list(questionAreas.map((area) => `[${titles[area]}](#${titles[area].toLowerCase().replaceAll(' ', '-')})`)),
    ...questionAreas.flatMap((area) => [
      `## ${titles[area]}`,
      table(
        ['Question', 'In short'],
        inArea(area).map((id) => [toQuestion(id), questionOf(id).asks]),
      ),
      ...inArea(area).map((id) => questionText(id, askedIn(id))),
    ]),
  );
}

function questionText(id: QuestionId, files: readonly string[]): string {
  const { asks, kind, readings, choices, answered, unasked } = questionOf(id);
  const settled = editions.flatMap((edition) => {
    const choice = fixedChoice(id, edition);
    return choice === undefined ? [] : [`edition ${edition}: ${code(choice)}`];
  });
  const deciding = ruleIds.filter((rule) => {
    const { error } = rules[rule];
    return typeof error === 'object' && 'answerTo' in error && error.answerTo === id;
  });
  return [
    `### ${id}`,
    `${asks} *The documents: ${kind}.${answered === 'once' ? '' : ' It may be answered anew each time.'}*`,
    list(Object.entries(choices).map(([choice, means]) => `${code(choice)}: ${means}`)),
    ...(settled.length === 0 ? [] : [`Settled in ${settled.join(', ')}.`]),
    readings.length === 0 ? 'No document speaks of it.' : `What the documents say:\n\n${list(readings.map(cited))}`,
    ...(deciding.length === 0 ? [] : [`It decides the error of ${deciding.map(toRule).join(', ')}.`]),
    ...(files.length === 0 ? [] : [`Asked in ${files.map((file) => `[${file}](../../${file})`).join(', ')}.`]),
    ...(unasked === undefined ? [] : [`Not asked by the model: ${unasked}.`]),
  ].join('\n\n');
}

export function editionsPage(): string {
  return page(
    'Editions',
    "An edition is the state of AWS's documents at a date. The machine, `allowed` and `serve` take the first unless told otherwise; `judge` and `check` ask whether any of them allows what they see. What changes for updates stands in [Eligibility](eligibility.md).",
    ...editions.map((edition) => {
      const { says, versions, changes } = editionNotes[edition];
      const settled = questionIds.flatMap((id) => {
        const choice = fixedChoice(id, edition);
        return choice === undefined ? [] : [`${toQuestion(id)}: ${code(choice)}`];
      });
      return [
        `## ${edition}`,
        says,
        `Versions of the JavaScript SDK with this text: ${versions}.`,
        ...(changes.length === 0 ? [] : [`What changed:\n\n${list(changes.map(cited))}`]),
        `Questions that its text settles:\n\n${list(settled)}`,
      ].join('\n\n');
    }),
  );
}
