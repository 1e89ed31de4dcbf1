#!/usr/bin/env node
import { CommanderError } from 'commander';
import { say } from './output.ts';
import { program } from './program.ts';
import { UsageError } from './usage-error.ts';

// The SDK would tell every user of the command what its own next release needs.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

/** One line, whatever happened: what, where, and the way out. */
function failed(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    say(
      `kms-cks: ${error.message
        .replace(/^error: /, '')
        .split('\n')[0]
        ?.replace(/\.$/, '')}. See kms-cks --help`,
    );
    return 2;
  }
  if (error instanceof UsageError) {
    say(`kms-cks: ${error.message}`);
    return 2;
  }
  say(
    `kms-cks: internal fault: ${error instanceof Error ? error.message.split('\n')[0]?.slice(0, 200) : 'unknown'}. Please report it`,
  );
  return 2;
}

process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') process.exit(process.exitCode ?? 0); // as in `kms-cks rules | head`
  say(`kms-cks: stdout cannot be written to (${code}). Make room, or send it elsewhere`);
  process.exit(2);
});

try {
  if (process.argv.length < 3) {
    say(program.helpInformation());
    process.exitCode = 2;
  } else await program.parseAsync();
} catch (error) {
  process.exitCode = failed(error);
}
