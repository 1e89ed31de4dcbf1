import type { Output } from '../../oracle/history.ts';
import { type Made, madeBy, namedIn } from '../../suite/made.ts';

/** What a history holds, as a report has it. */
export interface Event {
  readonly op: string;
  readonly input: Output;
  readonly ok?: Output;
  readonly error?: string;
}

/** One request, with the variables that stand for IDs in place of them. */
export interface Call {
  readonly op: string;
  readonly input: Output;
  /** The variable that takes what the answer gives and later requests name, and the members that lead to it. */
  readonly takes?: string;
  readonly path: readonly string[];
  readonly observed: string;
  /** The request is sent again until the store is in this state. */
  readonly until?: string;
}

/** The requests of a history, each with a variable for what it makes. */
export function callsOf(history: readonly Event[]): readonly Call[] {
  const variables = new Map<string, string>();
  let running = false;
  let taken = 0;
  return history.map(({ op, input, ok, error }, place) => {
    const made = madeBy(op, ok);
    const replaced = withVariables(input, variables) as Output;
    const member = made && namedIn[made.kind];
    const isUsed = ({ input: later }: Event) => member === undefined || later[member] === made?.id;
    const name = made && nameOf(made);
    const isNew = name !== undefined && !variables.has(name) && history.slice(place + 1).some(isUsed);
    if (isNew) taken += 1;
    const takes = isNew ? `${made?.kind.toUpperCase()}_${taken}` : undefined;
    if (takes !== undefined) variables.set(name as string, takes);
    const state = op === 'DescribeCustomKeyStores' ? stateShown(ok) : undefined;
    const until = running && state !== undefined && !state.endsWith('ING') ? state : undefined;
    if (op === 'ConnectCustomKeyStore' || op === 'DisconnectCustomKeyStore') running = ok !== undefined;
    else if (until !== undefined) running = false;
    const observed =
      ok === undefined ? (error ?? 'no answer') : `ok ${JSON.stringify(withVariables(ok, variables, (name) => name))}`;
    return { op, input: replaced, path: made?.path ?? [], ...(takes && { takes }), observed, ...(until && { until }) };
  });
}

/** Under which a variable is found: a marker may be any text, also that of an ID. */
const nameOf = ({ kind, id }: Made): string => (namedIn[kind] === undefined ? id : nameIn(namedIn[kind], id));
const nameIn = (member: string, text: string): string => `${member} ${text}`;
const named: ReadonlySet<string> = new Set(Object.values(namedIn));

const stateShown = (ok: Output | undefined): string | undefined =>
  (ok?.['CustomKeyStores'] as readonly { ConnectionState?: string }[] | undefined)?.[0]?.ConnectionState;

export const notes = ({ observed, until }: Call): readonly string[] => [
  ...(until === undefined ? [] : [`Sent until ConnectionState is ${until}.`]),
  `Observed: ${observed.replaceAll('\n', ' ')}`,
];

/** A variable, in place of a value. */
class Variable {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

const secretNames: Readonly<Record<string, string>> = {
  KeyStorePassword: 'KEY_STORE_PASSWORD',
  RawSecretAccessKey: 'RAW_SECRET_ACCESS_KEY',
};

function withVariables(
  value: unknown,
  variables: ReadonlyMap<string, string>,
  show: (name: string) => unknown = (name) => new Variable(name),
  member = '',
): unknown {
  if (typeof value === 'string') {
    const name = secretNames[member] ?? variables.get(named.has(member) ? nameIn(member, value) : value);
    return name === undefined ? value : show(name);
  }
  if (Array.isArray(value)) return value.map((each) => withVariables(each, variables, show));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, withVariables(inner, variables, show, name)]),
  );
}

/** A value in the syntax of JSON, with variables in theirs. */
export function written(
  value: unknown,
  variable: (name: string) => string,
  literal: (value: unknown) => string = JSON.stringify,
): string {
  if (value instanceof Variable) return variable(value.name);
  if (Array.isArray(value)) return `[${value.map((each) => written(each, variable, literal)).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([name, inner]) => `${JSON.stringify(name)}: ${written(inner, variable, literal)}`)
      .join(', ')}}`;
  return literal(value);
}

/** The variables that have to be set before, since no secret is written anywhere. */
export function secretsIn(calls: readonly Call[]): readonly string[] {
  const text = JSON.stringify(calls.map(({ input }) => input));
  return Object.values(secretNames).filter((name) => text.includes(`"${name}"`));
}
