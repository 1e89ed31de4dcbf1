import type { Verification } from '../machine/verify.ts';
import { ruleIds } from '../spec/catalogue.ts';
import { connectionErrorCodeNames } from '../spec/connection-error-codes.ts';
import { questionIds } from '../spec/questions.ts';
import { shapeOf } from '../spec/shapes.ts';
import { type Operation, operations, storeOperations, unsupportedKeyOperations } from '../spec/vocabulary.ts';
import { list, page, table } from './markdown.ts';
import { codes, errorsPage, faults } from './reference/faults.ts';
import { toOperation } from './reference/links.ts';
import { operation } from './reference/operation.ts';
import { type AskedIn, editionsPage, questions } from './reference/questions.ts';
import { properties, register } from './reference/register.ts';
import { rulesPage } from './reference/rules.ts';
import { sourcesPage } from './reference/sources.ts';
import { eligibility, states } from './reference/states.ts';

/**
 * Every page of the reference, by its path under docs/reference. `verified` are the properties as they were decided,
 * and `askedIn` gives the files in which a question is asked.
 */
export function reference(
  verified: readonly (readonly [string, Verification])[],
  askedIn: AskedIn,
): Readonly<Record<string, string>> {
  return {
    'README.md': index(),
    'states.md': states(),
    'eligibility.md': eligibility(),
    'rules.md': rulesPage(),
    'errors.md': errorsPage(),
    'connection-error-codes.md': codes(),
    'proxy-faults.md': faults(),
    'questions.md': questions(askedIn),
    'editions.md': editionsPage(),
    'properties.md': properties(verified),
    'requirements.md': register(),
    'sources.md': sourcesPage(),
    ...Object.fromEntries(operations.map((op) => [`operations/${op}.md`, operation(op)])),
  };
}

function index(): string {
  const unsupported: readonly Operation[] = unsupportedKeyOperations;
  const stores: readonly Operation[] = storeOperations;
  const said = (op: Operation) => `${toOperation(op)}: ${shapeOf(op).says}`;
  return page(
    'Reference',
    'Everything that the specification says of custom key stores, generated from it. A custom key store keeps the keys of AWS KMS elsewhere: in an AWS CloudHSM cluster, or in a key manager outside of AWS that is reached through a proxy. Whoever is new to them reads [Understand the rules](../understand.md) first; the [glossary](../glossary.md) has the words.',
    table(
      ['You want to know', 'Look at'],
      [
        ['in which states a store can be, and what leads from one to the next', '[States and transitions](states.md)'],
        ['which property may change now', '[Eligibility](eligibility.md)'],
        ['what an operation takes, and what may come of it', '[the page of the operation](#operations-on-stores)'],
        ['why a request was refused', `[Errors](errors.md), and the ${ruleIds.length} [rules](rules.md) behind them`],
        [
          'why a store is FAILED, and what to do',
          `[Connection error codes](connection-error-codes.md), all ${connectionErrorCodeNames.length}`,
        ],
        ['what a broken proxy leads to', '[What a proxy can do wrong](proxy-faults.md)'],
        [
          'where the documents are silent or disagree',
          `[Questions](questions.md), ${questionIds.length} of them, with what each document says`,
        ],
        ['what changed over the years', '[Editions](editions.md)'],
        ['what follows from all this', '[Properties](properties.md), and how they were decided'],
        ['whether something was left out', '[Register of requirements](requirements.md)'],
        ['where it is written', '[Sources](sources.md)'],
        ['how a command is called', '[The command line](command-line.md)'],
      ],
    ),
    '## Operations on stores',
    list(stores.map(said)),
    '## Operations on keys',
    list(operations.filter((op) => !stores.includes(op) && !unsupported.includes(op)).map(said)),
    '## Operations that keys in custom key stores do not support',
    list(unsupported.map(said)),
  );
}
