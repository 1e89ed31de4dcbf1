import type { HistoryEvent } from '../oracle/history.ts';
import { decide } from '../spec/decide.ts';
import { unknownWorld } from '../spec/facts.ts';
import type { Request } from '../spec/inputs.ts';
import { emptyAccount } from '../spec/model.ts';
import { mark, masked } from '../spec/properties.ts';
import { known } from '../spec/reading.ts';
import { shapes } from '../spec/shapes.ts';
import { editions } from '../spec/vocabulary.ts';

/** The members that are never shown, stored or sent. */
const secretMembers = ['KeyStorePassword', 'RawSecretAccessKey'] as const;
type SecretMember = (typeof secretMembers)[number];

/** A text that stands for the n-th secret of a history: valid wherever the secret was, and none itself. */
export const standIn: Readonly<Record<SecretMember, (number: number) => string>> = {
  KeyStorePassword: (number) => `standIn${number}`,
  RawSecretAccessKey: (number) => `standIn${number}`.padEnd(43, '='),
};
const withSpecialCharacters = (number: number) => `stand-in-${number}`;
const standIns = /^(?:stand-in-|standIn)(\d{1,9})=*$/;

/**
 * The history without its secrets. Equal secrets get the same stand-in, and different ones different ones; a secret
 * that breaks rules becomes a text that breaks the same ones: so every answer is judged as it was before. What
 * holds no secret stays the same object.
 */
export function withoutSecrets(history: readonly HistoryEvent[]): readonly HistoryEvent[] {
  const numbers = new Map<string, number>();
  const taken = history.flatMap((event) => secretsIn(event)).map(({ value }) => Number(standIns.exec(value)?.[1] ?? 0));
  let last = taken.reduce((most, each) => Math.max(most, each), 0);
  const marks = new Set<number | null>();
  const numberOf = (name: SecretMember, secret: string): number => {
    const number = numbers.get(`${name} ${secret}`) ?? freshNumber(name);
    numbers.set(`${name} ${secret}`, number);
    return number;
  };
  /** The oracle tells secrets apart by their marks, so stand-ins for different ones need different ones. */
  const freshNumber = (name: SecretMember): number => {
    do last += 1;
    while (marks.has(mark(standIn[name](last))) && marks.size < 200);
    marks.add(mark(standIn[name](last)));
    return last;
  };
  return history.map((event) => maskedEvent(event, numberOf));
}

function maskedEvent(event: HistoryEvent, numberOf: (name: SecretMember, secret: string) => number): HistoryEvent {
  const secrets = secretsIn(event).filter(({ value }) => value !== masked && !standIns.test(value));
  if (secrets.length === 0) return event;
  const isKnown = Object.hasOwn(shapes, event.op);
  const instead = new Map(
    secrets.map(({ name, value, raw }) => {
      const only = (other: unknown) => replacedIn(event, (member) => (member === raw ? other : member));
      const wanted = isKnown ? brokenBy(event) : '';
      const number = numberOf(name, value);
      const candidates = [standIn[name](number), withSpecialCharacters(number), ...broken];
      const fitting = isKnown ? candidates.find((candidate) => brokenBy(only(candidate)) === wanted) : candidates[0];
      return [raw, fitting ?? masked] as const;
    }),
  );
  const plain = replacedIn(event, (member) => (instead.has(member) ? instead.get(member) : member));
  return echoless(plain, instead);
}

/** Texts, and other values, that break the constraints of a secret in every way. */
const lengths = [0, 1, 7, 43, 65, 1025];
const broken: readonly unknown[] = [
  ...['x', '*'].flatMap((text) => lengths.map((each) => text.repeat(each))),
  0,
  [],
  {},
];

interface Secret {
  readonly name: SecretMember;
  readonly value: string;
  readonly raw: unknown;
}

function secretsIn(value: unknown): readonly Secret[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, raw]): readonly Secret[] => {
    if (!isSecret(name)) return secretsIn(raw);
    if (raw === null || raw === undefined) return [];
    return [{ name, raw, value: typeof raw === 'string' ? raw : JSON.stringify(raw) }];
  });
}

/** A copy in which every secret, however deep, is what `replace` makes of it. */
function replacedIn<T>(value: T, replace: (secret: unknown) => unknown): T {
  if (Array.isArray(value)) return value.map((each) => replacedIn(each, replace)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, member]) => [
    name,
    isSecret(name) ? replace(member) : replacedIn(member, replace),
  ]);
  return Object.fromEntries(entries) as T;
}

/** A copy in which no text repeats one of the secrets, as a message might. Very short ones are in too many words. */
function echoless<T>(value: T, instead: ReadonlyMap<unknown, unknown>): T {
  const texts = [...instead].filter(([raw]) => typeof raw === 'string' && raw.length >= 4);
  if (texts.length === 0) return value;
  const clean = (text: string) =>
    texts.reduce((left, [secret, other]) => left.replaceAll(String(secret), String(other)), text);
  return JSON.parse(JSON.stringify(value), (_, member) => (typeof member === 'string' ? clean(member) : member)) as T;
}

/** The rules that a request breaks by itself, in every edition, as a string. */
const brokenBy = (request: Request): string =>
  JSON.stringify(
    editions.map((edition) => {
      const { refusals, situation } = decide(emptyAccount, request, known({ edition, answers: {} }, unknownWorld));
      return [refusals, situation.malformations.map(({ path, problem }) => [path, problem])];
    }),
  );

const isSecret = (name: string): name is SecretMember => (secretMembers as readonly string[]).includes(name);
