import type { CheckedViolation } from '../../oracle/verdict.ts';
import { type Call, callsOf, type Event, notes, secretsIn, written } from './calls.ts';

/** The forms in which a history can be had as a program. */
export const reproForms = { http: 'curl.sh', aws: 'sh', boto3: 'py', javascript: 'mjs' } as const;
export type ReproForm = keyof typeof reproForms;

/** The history of a violation as a program. Secrets are placeholders. */
export function repro(
  { history, title }: Pick<CheckedViolation, 'history' | 'title'>,
  endpoint: string,
  form: ReproForm,
): string {
  return `${writers[form](callsOf(history as unknown as readonly Event[]), endpoint, title).join('\n')}\n`;
}

type Writer = (calls: readonly Call[], endpoint: string, title: string) => readonly string[];

const writers: Readonly<Record<ReproForm, Writer>> = {
  http: (calls, endpoint, title) => [
    '#!/bin/sh',
    `# ${title}`,
    '# Signed, if AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set.',
    ...(secretsIn(calls).length === 0 ? [] : [`# Set first: ${secretsIn(calls).join(', ')}`]),
    `ENDPOINT=${shell(endpoint)}`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell that puts it in
    'REGION=${AWS_REGION:-us-east-1}',
    'call() {',
    '  if [ -n "$AWS_ACCESS_KEY_ID" ]; then',
    '    set -- "$@" --aws-sigv4 "aws:amz:$REGION:kms" --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
    '    [ -z "$AWS_SESSION_TOKEN" ] || set -- "$@" -H "X-Amz-Security-Token: $AWS_SESSION_TOKEN"',
    '  fi',
    '  operation=$1 body=$2',
    '  shift 2',
    `  curl -sS "$ENDPOINT/" -H 'Content-Type: application/x-amz-json-1.1' -H "X-Amz-Target: TrentService.$operation" --data-binary "$body" "$@"`,
    '  echo',
    '}',
    ...(calls.some(({ takes }) => takes !== undefined)
      ? [`member() { sed -n "s/.*\\"$1\\": *\\"\\([^\\"]*\\)\\".*/\\1/p"; }`]
      : []),
    ...calls.flatMap((call) => {
      const body = escapedForShell(written(call.input, (name) => `"\u0001{${name}}"`));
      const command = `call ${call.op} "${body}"`;
      const taking = call.takes && [
        `ANSWER=$(${command})`,
        'echo "$ANSWER"',
        `${call.takes}=$(echo "$ANSWER" | member ${call.path.at(-1)})`,
        `[ -n "$${call.takes}" ] || exit 1`,
      ];
      return ['', ...notes(call).map((note) => `# ${note}`), ...(taking ?? waitingInShell(command, call))];
    }),
  ],
  aws: (calls, endpoint, title) => [
    '#!/bin/sh',
    `# ${title}`,
    ...(secretsIn(calls).length === 0 ? [] : [`# Set first: ${secretsIn(calls).join(', ')}`]),
    `ENDPOINT=${shell(endpoint)}`,
    ...calls.flatMap((call) => {
      const command = `aws kms ${kebab(call.op)} --endpoint-url "$ENDPOINT" --cli-input-json "${escapedForShell(written(call.input, (name) => `"\u0001${name}\u0002"`))}"`;
      return [
        '',
        ...notes(call).map((note) => `# ${note}`),
        ...(call.takes === undefined
          ? waitingInShell(command, call)
          : [`${call.takes}=$(${command} --query ${call.path.join('.')} --output text) || exit 1`]),
      ];
    }),
  ],
  boto3: (calls, endpoint, title) => [
    `# ${title}`,
    'import json',
    'import os',
    'import sys',
    'import time',
    'import boto3',
    'from botocore.config import Config',
    'from botocore.exceptions import ClientError',
    '',
    `kms = boto3.client("kms", endpoint_url=${JSON.stringify(endpoint)}, config=Config(retries={"total_max_attempts": 1}, parameter_validation=False))`,
    ...secretsIn(calls).map((name) => `${name} = os.environ[${JSON.stringify(name)}]`),
    '',
    'def call(operation, **members):',
    '    try:',
    '        answer = getattr(kms, operation)(**members)',
    '        answer.pop("ResponseMetadata", None)',
    '        print(operation, answer)',
    '        return answer',
    '    except ClientError as error:',
    '        print(operation, error)',
    '        return {}',
    '',
    'def made(answer, *path):',
    '    for name in path:',
    '        answer = answer.get(name, {})',
    '    return answer or sys.exit("nothing was made")',
    ...calls.flatMap((call) => {
      const members = Object.entries(call.input).map(
        ([name, value]) => `${name}=${written(value, (variable) => variable, python)}`,
      );
      const made = `call(${[JSON.stringify(snake(call.op)), ...members].join(', ')})`;
      const path = call.path.map((member) => JSON.stringify(member)).join(', ');
      return [
        '',
        ...notes(call).map((note) => `# ${note}`),
        ...(call.until === undefined
          ? [call.takes === undefined ? made : `${call.takes} = made(${made}, ${path})`]
          : [
              'for _ in range(60):',
              `    if ${JSON.stringify(quoted(call.until))} in json.dumps(${made}, default=str):`,
              '        break',
              '    time.sleep(1)',
            ]),
      ];
    }),
  ],
  javascript: (calls, endpoint, title) => [
    `// ${title}`,
    "import * as kms from '@aws-sdk/client-kms';",
    '',
    `const client = new kms.KMSClient({ endpoint: ${JSON.stringify(endpoint)}, maxAttempts: 1 });`,
    ...(secretsIn(calls).length === 0 ? [] : [`const { ${secretsIn(calls).join(', ')} } = process.env;`]),
    'const call = async (operation, input) => {',
    '  try {',
    `    const { $metadata, ...answer } = await client.send(new kms[\`\${operation}Command\`](input));`,
    '    console.log(operation, answer);',
    '    return answer;',
    '  } catch (error) {',
    `    console.log(operation, \`\${error.name}: \${error.message}\`);`,
    '    return {};',
    '  }',
    '};',
    ...calls.flatMap((call) => {
      const made = `await call(${JSON.stringify(call.op)}, ${written(call.input, (name) => name)})`;
      const path = `.${call.path.join('?.')}`;
      return [
        '',
        ...notes(call).map((note) => `// ${note}`),
        ...(call.until === undefined
          ? call.takes === undefined
            ? [`${made};`]
            : [`const ${call.takes} = (${made})${path};`, `if (${call.takes} === undefined) process.exit(1);`]
          : [
              'for (let tries = 0; tries < 60; tries++) {',
              `  if (JSON.stringify(${made}).includes(${JSON.stringify(quoted(call.until))})) break;`,
              '  await new Promise((resolve) => setTimeout(resolve, 1000));',
              '}',
            ]),
      ];
    }),
  ],
};

const python = (value: unknown): string =>
  value === true ? 'True' : value === false ? 'False' : value === null ? 'None' : JSON.stringify(value);

/** A state as it stands in an answer. */
const quoted = (state: string): string => `"${state}"`;

/** A command that prints what it is answered; again, where a state is waited for. */
const waitingInShell = (command: string, { until }: Call): readonly string[] =>
  until === undefined
    ? [command]
    : [
        'for TRY in $(seq 60); do',
        `  ANSWER=$(${command})`,
        '  echo "$ANSWER"',
        `  case "$ANSWER" in *'${quoted(until)}'*) break ;; esac`,
        '  sleep 1',
        'done',
      ];

const shell = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const escapedForShell = (text: string): string =>
  text
    .replace(/[\\"$`]/g, '\\$&')
    .replaceAll('\u0001', '$')
    .replaceAll('\u0002', '');
const words = (op: string): readonly string[] =>
  op
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(' ');
const kebab = (op: string): string => words(op).join('-');
const snake = (op: string): string => words(op).join('_');
