import { existsSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { program } from '../../src/cli/program.ts';
import { ruleIds } from '../../src/spec/catalogue.ts';
import { connectionErrorCodeNames } from '../../src/spec/connection-error-codes.ts';
import { errors } from '../../src/spec/errors.ts';
import { questionIds } from '../../src/spec/questions.ts';
import { blocksOf, generated, proseOf, textOf, written } from './page.ts';

describe('the links of', () => {
  it.each([...written, ...generated])('%s lead somewhere', (page) => {
    expect(deadLinks(page)).toEqual([]);
  });
});

describe('the names in', () => {
  it.each(written)('%s are those of the specification', (page) => {
    expect(strangers(page)).toEqual([]);
  });
});

describe('the commands in', () => {
  it.each(written)('%s are there, with their options', (page) => {
    expect(unknownIn(page)).toEqual([]);
  });
});

describe('the search for dead links', () => {
  it('finds what is not there', () => {
    const text =
      '# A\n\n[x](gone.md) [y](#nowhere) [z](README.md#gone) ![p](gone.png) [web](https://aws.amazon.com) [a](#a)';

    expect(deadLinks('docs/none.md', text)).toEqual(['gone.md', '#nowhere', 'README.md#gone', 'gone.png']);
  });

  it('finds rules and questions that are not there', () => {
    expect(strangers('none.md', 'See `delete/in-state`, `delete/gone`, `NAME_SCOPE` and `NAME_SCOPES`.')).toEqual([
      'delete/gone',
      'NAME_SCOPES',
    ]);
  });

  it('finds commands and options that are not there', () => {
    const text =
      '`kms-cks judge FILE --lenient`, `npx kms-cks judge --runs 3`, `kms-cks jugde`, `--strict`, `--strikt`';

    expect(unknownIn('none.md', text)).toEqual(['judge --runs', 'jugde', '--strikt']);
  });
});

// Helpers

function deadLinks(page: string, text = textOf(page)): readonly string[] {
  return [...proseOf(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^https:/.test(target) && !leadsSomewhere(page, text, target));
}

function leadsSomewhere(page: string, text: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : normalize(join(dirname(page), decodeURIComponent(path)));
  if (path !== '' && !existsSync(file)) return false;
  if (anchor === undefined) return true;
  if (path !== '' && (statSync(file).isDirectory() || !file.endsWith('.md'))) return false;
  return anchorsIn(path === '' ? text : textOf(file)).has(anchor);
}

const known = new Map<string, ReadonlySet<string>>();

/** The anchors of the headings, as GitHub makes them. */
function anchorsIn(text: string): ReadonlySet<string> {
  const found = known.get(text) ?? new Set(headingsIn(text).map(anchorOf));
  known.set(text, found);
  return found;
}

const headingsIn = (text: string): readonly string[] =>
  [...proseOf(text).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);

const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');

/** What looks like the id of a rule or of a question and is none. */
function strangers(page: string, text = textOf(page)): readonly string[] {
  const groups = new Set(ruleIds.map((id) => id.split('/')[0]));
  const spans = [...proseOf(text).matchAll(/`([^`]+)`/g)].map(([, span = '']) => span);
  const words = new Set([...spans, ...blocksOf(text).flatMap((block) => block.text.split(/[\s"(),:=]+/))]);
  const names = new Set<string>([...ruleIds, ...questionIds, ...connectionErrorCodeNames, ...Object.keys(errors)]);
  const areas = new Set(questionIds.map((id) => id.split('_')[0]));
  return [...words].filter((word) => {
    if (names.has(word)) return false;
    const [group, rest] = word.split('/');
    if (rest !== undefined && /^[a-z-]+\/[a-z0-9-]+$/.test(word)) return groups.has(group);
    return /^[A-Z]+(_[A-Z]+)+$/.test(word) && areas.has(word.split('_')[0]) && !notQuestions.has(word);
  });
}

/** What is called like a command of ours, or like an option, and is none. */
function unknownIn(page: string, text = textOf(page)): readonly string[] {
  const spans = [...proseOf(text).matchAll(/`([^`]+)`/g)].map(([, span = '']) => span);
  return spans.flatMap((span): readonly string[] => {
    const [, name] = /^(?:npx )?(?:kms-cks|kms-custom-key-store-spec) (\S+)/.exec(span) ?? [];
    if (name?.startsWith('--') === false) {
      const command = program.commands.find((each) => each.name() === name);
      if (command === undefined) return [name];
      const own = optionsIn(span).filter((option) => !optionsOf([command]).has(option));
      return own.map((option) => `${name} ${option}`);
    }
    if (!span.startsWith('--')) return [];
    return optionsIn(span).filter((option) => !optionsOf(program.commands).has(option) && !notOurs.has(option));
  });
}

/** What stands after `--` alone belongs to another program. */
const optionsIn = (span: string): readonly string[] => (span.split(/ -- /)[0] ?? '').match(/--[a-z][a-z-]*/g) ?? [];

const optionsOf = (commands: readonly Command[]): ReadonlySet<string> =>
  new Set(['--help', '--version', ...commands.flatMap(({ options }) => options.map(({ long }) => long ?? ''))]);

/** Options of the AWS CLI. */
const notOurs: ReadonlySet<string> = new Set(['--endpoint-url', '--page-size', '--max-items']);

/** Names that begin as a question does. */
const notQuestions: ReadonlySet<string> = new Set(['CT_PATH']);
