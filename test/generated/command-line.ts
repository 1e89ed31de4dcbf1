import type { Argument, Command, Option } from 'commander';
import { program } from '../../src/cli/program.ts';
import { code, list, page, table } from '../../src/render/markdown.ts';

/** The page about the command line: every command with its arguments, its options and what they are if left out. */
export const commandLine = (): string =>
  page(
    'The command line',
    'Every command ends with exit code 0 if all is well, or may be so; 1 if the answer is no; and 2 if it was used wrongly: then one line says what, where, and the way out. `--help` after a command prints what stands here.',
    list(
      program.commands.map(
        (command) => `[${code(`kms-cks ${command.name()}`)}](#${command.name()}): ${command.description()}`,
      ),
    ),
    ...program.commands.flatMap((command) => [
      `## ${command.name()}`,
      sentence(command.description()),
      code(['kms-cks', command.name(), ...command.registeredArguments.map(usage), optionsOf(command)].join(' ').trim()),
      ...tables(command),
    ]),
  );

const usage = (argument: Argument): string => {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
};

const optionsOf = ({ options }: Command): string => (options.length > 0 ? '[options]' : '');

const tables = ({ registeredArguments, options }: Command): readonly string[] => {
  const rows = [
    ...registeredArguments.map((argument) => [code(usage(argument)), argument.description, '']),
    ...options.map((option) => [code(option.flags), option.description, ifLeftOut(option)]),
  ];
  return rows.length === 0 ? [] : [table(['Argument or option', 'What it is', 'If left out'], rows)];
};

const ifLeftOut = ({ defaultValue, mandatory, negate }: Option): string => {
  if (mandatory) return 'has to be given';
  return typeof defaultValue === 'string' && !negate ? code(defaultValue) : '';
};

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
