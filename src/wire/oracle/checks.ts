import { choicesOf, type QuestionId, questionIds } from '../../spec/questions.ts';
import { type Edition, editions, operations } from '../../spec/vocabulary.ts';
import type { WorldFile } from '../../spec/world.ts';
import type { OracleMessage } from './protocol.ts';

/** What is wrong with the value of a member, in a few words that do not show the value; nothing, if it is right. */
type Check = (value: unknown) => string | undefined;
type Kind = OracleMessage['kind'];
type MessageOf<K extends Kind> = Extract<OracleMessage, { readonly kind: K }>;
type Own<K extends Kind> = Exclude<keyof MessageOf<K>, 'kind' | 'oracle' | 'seq'>;
/** A check for every member of every message: the compiler sees when one is missing. */
type Checks = { readonly [K in Kind]: { readonly [M in Own<K>]-?: Check } };

export type Message = Readonly<Record<string, unknown>>;

const checks: Checks = {
  start: {
    edition: optional((value) =>
      value === 'any' || isEdition(value) || (Array.isArray(value) && value.length > 0 && value.every(isEdition))
        ? undefined
        : `is neither any nor among ${editions.join(', ')}`,
    ),
    answers: optional(problemInAnswers),
    world: optional(problemInWorld),
    worldIs: optional(among('steady', 'changing')),
    initial: optional(among('empty', 'unknown')),
    consistency: optional(among('strong', 'eventual')),
    staleness: optional(notNegative),
    strict: optional(isBoolean),
    seed: optional((value) => (Number.isInteger(value) ? notNegative(value) : 'is not a whole number')),
    withKeys: optional(isBoolean),
  },
  next: {},
  observe: { request: problemInRequest, outcome: problemInOutcome, start: optional(isNumber), end: optional(isNumber) },
  allowed: { request: problemInRequest },
  settle: {},
  coverage: {},
  profile: {},
  fork: { as: isName },
  stop: {},
};

export const kinds = Object.keys(checks) as readonly Kind[];
export const isKind = (kind: unknown): kind is Kind => typeof kind === 'string' && Object.hasOwn(checks, kind);

const addressed: Readonly<Record<string, Check>> = {
  kind: () => undefined,
  oracle: optional(isName),
  seq: optional((value) =>
    typeof value === 'string' || typeof value === 'number' ? undefined : 'is no string or number',
  ),
};

/** What is wrong with a message of a kind that is known; nothing, if it is right. */
export function problemIn(message: Message, kind: Kind): string | undefined {
  const own: Readonly<Record<string, Check>> = checks[kind];
  for (const name in message) {
    if (!Object.hasOwn(own, name) && !Object.hasOwn(addressed, name))
      return `${kind} has no member ${shown(name)}; it has ${[...Object.keys(own), ...Object.keys(addressed)].join(', ')}`;
  }
  for (const [name, check] of listed.get(kind) ?? []) {
    const problem = check(message[name]);
    if (problem !== undefined) return `${kind}: ${name} ${problem}`;
  }
  return undefined;
}

/** The members of every kind of message with their checks, listed once. */
const listed = new Map(kinds.map((kind) => [kind, Object.entries({ ...checks[kind], ...addressed })]));

export const isObject = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A name that a caller chose, short enough for one line. */
export const shown = (name: string): string => JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);

function problemInRequest(value: unknown): string | undefined {
  if (!isObject(value)) return 'is not an object with op and input';
  const { op, input } = value;
  if (typeof op !== 'string' || !isOperation.has(op))
    return `names no operation in op; one of ${operations.join(', ')}`;
  if (!isObject(input)) return 'has no object in input';
  for (const name in value)
    if (name !== 'op' && name !== 'input') return `has no member ${shown(name)}; only op and input`;
  return undefined;
}
const isOperation: ReadonlySet<string> = new Set(operations);

/** The form of an outcome: an output, the name of an error, or why nobody knows. */
const outcomeForms: Readonly<Record<string, Check>> = {
  ok: (value) => (isObject(value) ? undefined : 'is not an object (the output; {} if there is none)'),
  error: (value) => (typeof value === 'string' && value !== '' ? undefined : 'is not the name of an error'),
  unknown: (value) => (typeof value === 'string' ? undefined : 'is not a string that says why'),
};
const besideOutcome: Readonly<Record<string, Check>> = {
  status: isNumber,
  message: (value) => (typeof value === 'string' ? undefined : 'is not a string'),
};

/** What is wrong with an outcome: exactly one of `ok`, `error` and `unknown`, and nothing that is not known. */
export function problemInOutcome(value: unknown): string | undefined {
  if (!isObject(value)) return 'is not an object with ok, error or unknown';
  let forms = 0;
  for (const name in value) {
    const form = Object.hasOwn(outcomeForms, name) ? outcomeForms[name] : undefined;
    const check = form ?? (Object.hasOwn(besideOutcome, name) ? besideOutcome[name] : undefined);
    if (check === undefined) return `has no member ${shown(name)}; only ok, error or unknown, status, message`;
    const problem = check(value[name]);
    if (problem !== undefined) return `${name} ${problem}`;
    if (form !== undefined) forms += 1;
  }
  return forms === 1 ? undefined : 'has not exactly one of ok, error and unknown';
}

function problemInAnswers(value: unknown): string | undefined {
  if (!isObject(value)) return 'is not an object of questions with their answers';
  for (const [question, choice] of Object.entries(value)) {
    const id = questionIds.find((each) => each === question) as QuestionId | undefined;
    if (id === undefined) return `has no question ${shown(question)}; kms-cks rules lists them`;
    if (!choicesOf(id).includes(choice as string)) return `for ${id} is none of ${choicesOf(id).join(', ')}`;
  }
  return undefined;
}

/** The parts of a world, and whether each holds an object by name, or one only. */
const worldParts: { readonly [Part in keyof WorldFile]-?: 'by name' | 'one' } = {
  clusters: 'by name',
  proxies: 'by name',
  endpointServices: 'by name',
  externalKeys: 'by name',
  caller: 'one',
  quota: 'one',
  keys: 'one',
  markers: 'by name',
};

function problemInWorld(value: unknown): string | undefined {
  if (!isObject(value)) return 'is not an object. See schemas/world.schema.json';
  for (const [name, part] of Object.entries(value)) {
    const form = Object.hasOwn(worldParts, name) ? worldParts[name as keyof WorldFile] : undefined;
    if (form === undefined) return `has no part ${shown(name)}; only ${Object.keys(worldParts).join(', ')}`;
    if (!isObject(part) || (form === 'by name' && !Object.values(part).every(isObject)))
      return `has a ${name} that is not of the right form. See schemas/world.schema.json`;
    if (name === 'caller' && part['denied'] !== undefined && !Array.isArray(part['denied']))
      return 'has caller.denied that is not a list. See schemas/world.schema.json';
  }
  return undefined;
}

function optional(check: Check): Check {
  return (value) => (value === undefined ? undefined : check(value));
}
function among(...values: readonly string[]): Check {
  return (value) => (values.includes(value as string) ? undefined : `is none of ${values.join(', ')}`);
}
function isBoolean(value: unknown): string | undefined {
  return typeof value === 'boolean' ? undefined : 'is neither true nor false';
}
function isNumber(value: unknown): string | undefined {
  return typeof value === 'number' ? undefined : 'is not a number';
}
function notNegative(value: unknown): string | undefined {
  return typeof value === 'number' && value >= 0 ? undefined : 'is not a number from 0 on';
}
function isName(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 100
    ? undefined
    : 'is not a name of 1 to 100 characters';
}
function isEdition(value: unknown): value is Edition {
  return editions.some((each) => each === value);
}
