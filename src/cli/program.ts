import { Command } from 'commander';
import { collect } from './options.ts';
import { version } from './version.ts';

/** A command's module, loaded only when the command runs: `allowed` must not wait for the AWS SDK. */
type Loaded = Promise<{ readonly run: (options: never, ...rest: never[]) => number | Promise<number> }>;

/** Every command with its arguments and options: the help and docs/reference/command-line.md come from here. */
export const program = new Command('kms-cks')
  .description('The executable specification of AWS KMS custom key stores.')
  .version(version)
  .exitOverride()
  .showHelpAfterError(false)
  .configureOutput({ outputError: () => {} })
  .addHelpText('after', '\nExit codes: 0 well, or yes, or perhaps; 1 the answer is no; 2 used wrongly.');

command(
  'allowed',
  'may I do this now? every allowed outcome, with its rule and source (exit 0: success is among them; 1: it is not)',
  () => import('./commands/allowed.ts'),
)
  .option('--type <type>', 'AWS_CLOUDHSM or EXTERNAL_KEY_STORE')
  .option('--state <state>', 'the connection state of the store')
  .option('--update <members>', 'members of UpdateCustomKeyStore, with commas between them')
  .option('--op <operation>', 'another operation')
  .option('--edition <date>', 'the edition of the documents, or any', '2022-11')
  .option('--answer <question=choice>', 'answer a question (repeatable)', collect, [])
  .option('--json', 'print JSON');

command('rules', 'list the rules and the questions', () => import('./commands/rules.ts')).option(
  '--json',
  'print JSON',
);

command(
  'explain',
  'a rule, question, error, connection error code, state, transition, operation or claim in full',
  () => import('./commands/explain.ts'),
)
  .argument('<id>', 'for example update/in-state')
  .option('--json', 'print JSON');

command('explore', 'explore the machine completely, and decide every property', () => import('./commands/explore.ts'))
  .option('--edition <date>', 'the edition of the documents', '2022-11')
  .option('--answer <question=choice>', 'answer a question (repeatable)', collect, [])
  .option('--stores <number>', 'one store, or two', '1')
  .option('--json', 'print JSON');

command('diagram', 'the machine as a picture or a file', () => import('./commands/diagram.ts'))
  .argument('[file]', 'for itf: a history to write as an ITF trace, or an ITF trace to write as a history; or -')
  .option('--format <format>', 'mermaid, dot, plantuml, scxml, xstate or itf', 'mermaid');

command('explorer', 'write the offline explorer, one HTML file', () => import('./commands/explorer.ts'))
  .argument('[file]', 'a history, a trace, a verdict of judge or check, or vectors (JSON), to open it with; or -')
  .option('--vector <id>', 'which of the vectors in the file')
  .option('--out <file>', 'where to write it; a temporary file if left out, and nothing is written without a history')
  .option('--at <step>', 'the step to open at, from 1; 0 is the beginning. The first violation, if left out')
  .option('--edition <date>', 'the edition to look at it under; the one that fits best, if left out')
  .option('--answer <question=choice>', 'answer a question (repeatable)', collect, [])
  .option('--initial <empty|unknown>', 'what is known of the account at the beginning');

command('inspect', 'replay a history in the Stately inspector', () => import('./commands/inspect.ts'))
  .argument(
    '[file]',
    'a history, a trace, a verdict of judge or check, or vectors (JSON), or -; a short tour, if left out',
  )
  .option('--vector <id>', 'which of the vectors in the file')
  .option('--speed <milliseconds>', 'the time between two steps; a key press, if left out at a terminal')
  .option('--port <number>', 'the port of the relay; a free one if 0', '0')
  .option('--edition <date>', 'an edition, or any', 'any')
  .option('--no-open', 'open no page, and do not look for a network');

command(
  'update-input',
  'turn a proxy configuration file into the input of UpdateCustomKeyStore',
  () => import('./commands/update-input.ts'),
)
  .argument('<file>', 'the JSON file of the external key store proxy, or -')
  .option('--id <id>', 'the ID of the store', 'cks-REPLACE-WITH-THE-ID');

command('serve', 'the reference endpoint, for any AWS client', () => import('./commands/serve.ts'))
  .option('--port <number>', 'the port; a free one if 0', '0')
  .option('--host <address>', 'the address to listen on', '127.0.0.1')
  .option('--edition <date>', 'the edition of the documents', '2022-11')
  .option('--answer <question=choice>', 'answer a question (repeatable)', collect, [])
  .option('--connect-after <wait>', 'when a connection attempt ends: Describe calls or a time, as in 3calls or 2s', '1')
  .option('--fail-connect <code>', 'connection attempts of the type of store that has this code end in FAILED with it')
  .option('--world <file>', 'what is so of clusters, proxies and callers (JSON)')
  .option('--seed <number>', 'decides what is left to chance; without it the first choice is taken')
  .option('--throttle [rate]', 'refuse what is more than so many requests a second for each operation (5)')
  .option('--internal-errors <share>', 'the share of requests, from 0 to 1, that fail inside KMS, done or not')
  .option('--stale-reads', 'reads may show what was so a short while ago')
  .option(
    '--credentials <file>',
    'check signatures: ID:SECRET, or a file like ~/.aws/credentials (repeatable)',
    collect,
    [],
  )
  .option('--state <file>', 'keep everything that was answered in this file, and go on from it')
  .option('--proxy-live', 'ask the proxies of external key stores for their health, as KMS does')
  .option(
    '--proxy-at <endpoint=address>',
    'where a proxy really stands; implies --proxy-live (repeatable)',
    collect,
    [],
  )
  .option('--proxy-timeout <milliseconds>', 'within which a proxy answers', '250')
  .option('--endpoint-fault <name>', 'a fault to build in, to see how it is reported');

command('judge', 'verdict on a recorded history', () => import('./commands/judge.ts'))
  .argument('<file>', 'a history (one JSON event a line), a CloudTrail log, a folder of them, or -')
  .option('--format <format>', 'auto, history or cloudtrail', 'auto')
  .option('--edition <date>', 'an edition, or any', 'any')
  .option('--answer <question=choice>', 'answer a question (repeatable)', collect, [])
  .option('--initial <what>', 'what is known of the account at the beginning: empty or unknown')
  .option('--consistency <what>', 'strong, or eventual: an answer may rest on the recent past')
  .option('--staleness <seconds>', 'how recent (events, where events have no times)')
  .option('--world <file>', 'what is so of clusters, proxies and callers (JSON)')
  .option('--world-is <what>', 'steady, or changing: what showed once teaches nothing')
  .option('--lenient', 'pass over what cannot be read, and count it')
  .option('--strict', 'a question that is answered in two ways violates')
  .option('--json', 'print JSON');

command('record', 'a proxy that writes a history of what passes', () => import('./commands/record.ts'))
  .requiredOption('--upstream <url>', 'the endpoint that answers')
  .option('--port <number>', 'the port; a free one if 0', '0')
  .option('--host <address>', 'the address to listen on', '127.0.0.1')
  .option('--out <file>', 'append to this file; without it, events go to stdout')
  .option('--judge', 'judge as it goes; exit code 1 if something violates')
  .option('--initial <what>', 'the account is empty at the beginning, or unknown (for --judge)', 'unknown')
  .option('--world-is <what>', 'the world is steady, or changing (for --judge)', 'changing')
  .option('--consistency <what>', 'strong; or eventual, the default for AWS itself (for --judge)')
  .option('--edition <date>', 'an edition, or any (for --judge)', 'any')
  .option('--answer <question=choice>', 'answer a question (repeatable, for --judge)', collect, [])
  .option('--world <file>', 'what is so of clusters, proxies and callers (JSON, for --judge)');

command('check', 'drive a live endpoint and judge every answer', () => import('./commands/check.ts'))
  .argument('[url]', 'the endpoint; the embedded reference endpoint, if left out')
  .option('--seed <number>', 'the seed of the random sequences')
  .option('--runs <number>', 'how many random sequences, after the systematic part', '60')
  .option('--time <seconds>', 'for how long to go on with random sequences; 60, or 10 at the embedded endpoint')
  .option('--patience <seconds>', 'for how long to wait until a store is connected, or disconnected', '30')
  .option('--edition <date>', 'an edition, or any', 'any')
  .option('--answer <question=choice>', 'answer a question (repeatable)', collect, [])
  .option('--world <file>', 'what is so of clusters, proxies and callers (JSON)')
  .option('--world-is <kind>', 'steady or changing', 'steady')
  .option('--consistency <kind>', 'strong, or eventual: answers may rest on the recent past', 'strong')
  .option('--only <operations>', 'try only these operations, with commas between them')
  .option('--skip <operations>', 'never send these operations')
  .option('--keys', 'make keys, though their stores cannot be deleted for days (the default on this machine)')
  .option('--no-keys', 'make no keys')
  .option('--replay <token>', 'send one sequence again: its token stands in every report')
  .option('--baseline <file>', 'accept these violations, and fail on new ones and on those that are gone')
  .option('--reporter <names>', 'terminal, json, junit, html, github, sarif (with commas between them)', 'terminal')
  .option('--out <folder>', 'write reports, and every violation as programs, to a folder')
  .option('--repro <form>', 'print violations as programs: http, aws, boto3 or javascript')
  .option('--shard <i/n>', 'do one part of the work: 1/4 is the first of four')
  .option('--cleanup', 'delete what an earlier run left behind, and nothing else')
  .option('--endpoint-fault <name>', 'a fault to build into the embedded endpoint')
  .option('--allow-remote', 'let the endpoint be on another machine')
  .option('--allow-real-aws', 'let the endpoint be AWS itself')
  .option('--json', 'print JSON');

command('merge', 'join the results of check --shard', () => import('./commands/merge.ts'))
  .argument('<file>', 'what check --json wrote')
  .argument('[files...]', 'and more of them')
  .option('--baseline <file>', 'accept these violations')
  .option('--reporter <names>', 'terminal, json, junit, html, github, sarif (with commas between them)', 'terminal')
  .option('--out <folder>', 'write reports to a folder')
  .option('--json', 'print JSON');

command('oracle', 'the oracle over stdin and stdout, for a test in any language', () => import('./commands/oracle.ts'));

command('consume', 'drive a harness in any language over stdin and stdout', () => import('./commands/consume.ts'))
  .argument('[program...]', 'the program and its arguments, after --')
  .option('--seed <number>', 'the seed of the sequences')
  .option('--runs <number>', 'how many random sequences', '60')
  .option('--edition <date>', 'an edition, or any', 'any')
  .option('--answer <question=choice>', 'answer a question (repeatable)', collect, [])
  .option('--world <file>', 'what is so of clusters, proxies and callers (JSON)')
  .option('--timeout <milliseconds>', 'how long the program may take for an answer', '10000')
  .option('--no-keys', 'make no keys')
  .option('--self-test', 'look for the usual mistakes of harnesses')
  .option('--watch', 'start again when a file beside the program changes, with what failed first')
  .option('--json', 'print JSON');

command('vectors', 'write the language-neutral suite of vectors', () => import('./commands/vectors.ts'))
  .option('--out <folder>', 'where to write it', 'vectors')
  .option('--suite <suite>', 'core, full, or all', 'all')
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
