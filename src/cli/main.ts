#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { collect } from './options.ts';
import { say } from './output.ts';
import { UsageError } from './usage-error.ts';

// The SDK would tell every user of the command what its own next release needs.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

/** A command's module, loaded only when the command runs: `allowed` must not wait for the AWS SDK. */
type Loaded = Promise<{ readonly run: (options: never, ...rest: never[]) => number | Promise<number> }>;

const program = new Command('kms-cks')
  .description('The executable specification of AWS KMS custom key stores.')
  .version('0.1.0')
  .exitOverride()
  .showHelpAfterError(false)
  .configureOutput({ outputError: () => {} });

command(
  'allowed',
  'may I do this now? every allowed outcome, with its rule and source',
  () => import('./commands/allowed.ts'),
)
  .option('--type <type>', 'AWS_CLOUDHSM or EXTERNAL_KEY_STORE')
  .option('--state <state>', 'the connection state of the store')
  .option('--update <members>', 'members of UpdateCustomKeyStore, with commas between them')
  .option('--op <operation>', 'another operation')
  .option('--edition <date>', 'the edition of the documents', '2022-11')
  .option('--answer <question=choice>', 'answer a question (repeatable)', collect, [])
  .option('--json', 'print JSON');

command('rules', 'list the rules and the questions', () => import('./commands/rules.ts')).option(
  '--json',
  'print JSON',
);

command('explain', 'one rule, question, error or connection error code in full', () => import('./commands/explain.ts'))
  .argument('<id>', 'for example update/in-state')
  .option('--json', 'print JSON');

command('explore', 'explore the machine completely, and decide every property', () => import('./commands/explore.ts'))
  .option('--edition <date>', 'the edition of the documents', '2022-11')
  .option('--answer <question=choice>', 'answer a question (repeatable)', collect, [])
  .option('--stores <number>', 'one store, or two', '1')
  .option('--json', 'print JSON');

command('diagram', 'the machine as a picture or a file', () => import('./commands/diagram.ts')).option(
  '--format <format>',
  'mermaid, dot, plantuml, scxml or xstate',
  'mermaid',
);

command(
  'update-input',
  'turn a proxy configuration file into the input of UpdateCustomKeyStore',
  () => import('./commands/update-input.ts'),
)
  .argument('<file>', 'the JSON file of the external key store proxy, or -')
  .option('--id <id>', 'the ID of the store', 'cks-REPLACE-WITH-THE-ID');

command('serve', 'the reference endpoint, for any AWS client', () => import('./commands/serve.ts'))
  .option('--port <number>', 'the port; a free one if 0', '0')
  .option('--edition <date>', 'the edition of the documents', '2022-11')
  .option('--answer <question=choice>', 'answer a question (repeatable)', collect, [])
  .option('--connect-after <calls>', 'Describe calls until a connection attempt ends', '1')
  .option('--fail-connect <code>', 'connection attempts end in FAILED with this code')
  .option('--world <file>', 'what is so of clusters, proxies and callers (JSON)')
  .option('--endpoint-fault <name>', 'a fault to build in, to see how it is reported');

command('check', 'drive a live endpoint and judge every answer', () => import('./commands/check.ts'))
  .argument('[url]', 'the endpoint; the embedded reference endpoint, if left out')
  .option('--seed <number>', 'the seed of the sequences')
  .option('--runs <number>', 'how many sequences', '60')
  .option('--edition <date>', 'an edition, or any', 'any')
  .option('--answer <question=choice>', 'answer a question (repeatable)', collect, [])
  .option('--world <file>', 'what is so of clusters, proxies and callers (JSON)')
  .option('--endpoint-fault <name>', 'a fault to build into the embedded endpoint')
  .option('--allow-remote', 'let the endpoint be on another machine')
  .option('--allow-real-aws', 'let the endpoint be AWS itself')
  .option('--json', 'print JSON');

function command(name: string, description: string, load: () => Loaded): Command {
  return program
    .command(name)
    .description(description)
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .action(async (...given: unknown[]) => {
      const args = given.slice(0, -2);
      const { run } = await load();
      process.exitCode = await run(given.at(-2) as never, ...(args as never[]));
    });
}

/** One line, whatever happened: what, where, and the way out. */
function failed(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    say(`kms-cks: ${error.message.replace(/^error: /, '').split('\n')[0]}. See kms-cks --help`);
    return 2;
  }
  if (error instanceof UsageError) {
    say(`kms-cks: ${error.message}`);
    return 2;
  }
  say(
    `kms-cks: internal fault: ${error instanceof Error ? error.message.split('\n')[0] : 'unknown'}. Please report it`,
  );
  return 2;
}

process.stdout.on('error', () => process.exit(0)); // a closed pipe, as in `kms-cks rules | head`

try {
  if (process.argv.length < 3) {
    say(program.helpInformation());
    process.exitCode = 2;
  } else await program.parseAsync();
} catch (error) {
  process.exitCode = failed(error);
}
