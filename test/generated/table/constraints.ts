import { since } from '../../../src/spec/editions.ts';
import type { Member } from '../../../src/spec/shape.ts';
import { shapes } from '../../../src/spec/shapes.ts';
import type { Malformation } from '../../../src/spec/validate.ts';
import type { Edition, Operation } from '../../../src/spec/vocabulary.ts';

/*
 * The check of a request against its shape, said once more without haste: src/spec/validate.ts prepares its work and
 * collects what it finds in place, which the table has no words for. A test compares the two.
 */
type Problem = Pick<Malformation, 'path' | 'member' | 'problem'>;
type Members = Readonly<Record<string, Member>>;

/** Every constraint of the service model that the input breaks, as the edition has it. */
export function malformations(op: Operation, input: unknown, edition: Edition): readonly Problem[] {
  if (!isObject(input)) return [{ path: '', member: '', problem: 'type' }];
  return inStructure(shapes[op].input, input as Readonly<Record<string, unknown>>, '', edition);
}

function inStructure(
  members: Members,
  input: Readonly<Record<string, unknown>>,
  path: string,
  edition: Edition,
): readonly Problem[] {
  const names = Object.keys(members).filter((name) => isIn(members[name] as Member, edition));
  const strangers = Object.keys(input).filter((name) => !names.includes(name));
  return [
    ...names.flatMap((name) => inMember(name, members[name] as Member, input[name], `${path}${name}`, edition)),
    ...strangers.map((name): Problem => ({ path: `${path}${name}`, member: name, problem: 'unknown' })),
  ];
}

const isIn = (member: Member, edition: Edition): boolean => member.since === undefined || since(edition, member.since);

function inMember(name: string, member: Member, value: unknown, path: string, edition: Edition): readonly Problem[] {
  if (value !== undefined && value !== null) return inValue(name, member, value, path, edition);
  return member.required ? [{ path, member: name, problem: 'missing' }] : [];
}

function inValue(name: string, member: Member, value: unknown, path: string, edition: Edition): readonly Problem[] {
  if (!isOfType(member.type, value)) return [{ path, member: name, problem: 'type' }];
  if (member.sensitive && value === '***') return [];
  if (member.type === 'structure' && member.members !== undefined) {
    return inStructure(member.members, value as Readonly<Record<string, unknown>>, `${path}.`, edition);
  }
  const found = problemsOf(member, value, edition).map((problem): Problem => ({ path, member: name, problem }));
  const { of } = member;
  if (member.type !== 'list' || of === undefined) return found;
  // Elements beyond the greatest number are not looked at; the list is too long as it is.
  const elements = (value as readonly unknown[]).slice(0, member.max);
  return [...found, ...elements.flatMap((element) => inValue('', of, element, path, edition))];
}

function problemsOf(member: Member, value: unknown, edition: Edition): readonly Problem['problem'][] {
  const { type, values } = member;
  if (type === 'integer') return outside(member, value as number) ? ['range'] : [];
  if (type === 'list') return lengths(member, (value as object[]).length, (value as object[]).length);
  if (type !== 'string' && type !== 'blob') return [];
  const text = value as string;
  const isBlob = type === 'blob';
  const length = lengths(
    member,
    isBlob ? bytesInBase64(text) : charactersOf(text),
    isBlob ? bytesInBase64(text) : unitsOf(text),
  );
  const pattern = patternOf(member, edition);
  const isMismatch = length.length === 0 && pattern !== undefined && !matches(pattern, text);
  const isStrange = values !== undefined && !values.includes(text);
  return [...length, ...(isMismatch ? (['pattern'] as const) : []), ...(isStrange ? (['value'] as const) : [])];
}

const outside = ({ min, max }: Member, number: number): boolean =>
  (min !== undefined && number < min) || (max !== undefined && number > max);

function lengths({ min, max }: Member, least: number, most: number): readonly Problem['problem'][] {
  return [
    ...(min !== undefined && most < min ? (['short'] as const) : []),
    ...(max !== undefined && least > max ? (['long'] as const) : []),
  ];
}

const patternOf = ({ narrower, pattern }: Member, edition: Edition): string | undefined =>
  narrower !== undefined && !since(edition, narrower.before) ? narrower.pattern : pattern;

function isOfType(type: Member['type'], value: unknown): boolean {
  if (type === 'integer') return isInteger(value);
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'timestamp') return typeof value === 'number' || typeof value === 'string';
  if (type === 'list') return Array.isArray(value);
  if (type === 'map' || type === 'structure') return isObject(value);
  return typeof value === 'string';
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

// Words of the table, as this language has them.
const charactersOf = (text: string): number => [...text].length;
const unitsOf = (text: string): number => text.length;
const bytesInBase64 = (text: string): number => Math.floor((text.replace(/=+$/, '').length * 3) / 4);
const isInteger = (value: unknown): boolean => Number.isInteger(value);
const matches = (pattern: string, text: string): boolean => new RegExp(`^(?:${pattern})$`, 'u').test(text);
