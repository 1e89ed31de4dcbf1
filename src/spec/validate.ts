import { since } from './editions.ts';
import { masked } from './properties.ts';
import type { Member } from './shape.ts';
import { membersOf } from './shapes.ts';
import { type Edition, editions, type Operation, operations } from './vocabulary.ts';

/** How a member breaks its shape. */
export type Problem = 'missing' | 'type' | 'short' | 'long' | 'pattern' | 'value' | 'range' | 'unknown';

/** One constraint of the service model that an input breaks. */
export interface Malformation {
  /** Where it stands, as in `XksProxyAuthenticationCredential.AccessKeyId`. */
  readonly path: string;
  /** The last part of the path. */
  readonly member: string;
  readonly problem: Problem;
  /** One line for people. It never shows a value. */
  readonly says: string;
}

const none: readonly Malformation[] = [];

/** Every constraint of the service model that the input breaks, as the edition has it. */
export function malformations(op: Operation, input: unknown, edition: Edition): readonly Malformation[] {
  if (!isObject(input)) return [problem('', '', 'type', `${op}: the input is not an object`)];
  const found: Malformation[] = [];
  checkStructure(plans[op][edition], input, '', found);
  return found.length === 0 ? none : found;
}

/** A member with its pattern compiled. */
interface Plan {
  readonly name: string;
  readonly member: Member;
  readonly pattern?: RegExp;
  readonly members?: readonly Plan[];
  readonly of?: Plan;
}

const plans: Readonly<Record<Operation, Readonly<Record<Edition, readonly Plan[]>>>> = Object.fromEntries(
  operations.map((op) => [
    op,
    Object.fromEntries(editions.map((edition) => [edition, planned(membersOf(op), edition)])),
  ]),
) as Record<Operation, Record<Edition, readonly Plan[]>>;

function planned(members: Readonly<Record<string, Member>>, edition: Edition): readonly Plan[] {
  return Object.entries(members)
    .filter(([, member]) => member.since === undefined || since(edition, member.since))
    .map(([name, member]) => plan(name, member, edition));
}

function plan(name: string, member: Member, edition: Edition): Plan {
  const { narrower, members, of } = member;
  const source = narrower !== undefined && !since(edition, narrower.before) ? narrower.pattern : member.pattern;
  return {
    name,
    member,
    ...(source === undefined ? {} : { pattern: new RegExp(`^(?:${source})$`, 'u') }),
    ...(members === undefined ? {} : { members: planned(members, edition) }),
    ...(of === undefined ? {} : { of: plan('', of, edition) }),
  };
}

function checkStructure(
  members: readonly Plan[],
  input: Readonly<Record<string, unknown>>,
  path: string,
  found: Malformation[],
) {
  let known = 0;
  for (const each of members) {
    const value = Object.hasOwn(input, each.name) ? input[each.name] : undefined;
    if (Object.hasOwn(input, each.name)) known += 1;
    if (value === undefined || value === null) {
      if (each.member.required) found.push(problem(path + each.name, each.name, 'missing', 'is required'));
      continue;
    }
    checkValue(each, value, path + each.name, found);
  }
  if (known === Object.keys(input).length) return;
  for (const name of Object.keys(input)) {
    if (members.some((each) => each.name === name)) continue;
    found.push(problem(path + name, name, 'unknown', 'is no member that the documents know'));
  }
}

function checkValue(plan: Plan, value: unknown, path: string, found: Malformation[]) {
  const { member, name } = plan;
  const { type, min = 0, max = Number.POSITIVE_INFINITY, values } = member;
  if (!isOfType(type, value)) {
    found.push(problem(path, name, 'type', `is not of type ${type}`));
    return;
  }
  if (member.sensitive && value === masked) return;
  if (type === 'integer') {
    const number = value as number;
    if (number < min || number > max) found.push(problem(path, name, 'range', `is outside ${min} to ${max}`));
  } else if (type === 'string' || type === 'blob') {
    checkText(plan, value as string, path, found);
    if (values !== undefined && !values.includes(value as string)) {
      found.push(problem(path, name, 'value', `is none of ${values.join(', ')}`));
    }
  } else if (type === 'structure' && plan.members !== undefined) {
    checkStructure(plan.members, value as Readonly<Record<string, unknown>>, `${path}.`, found);
  } else if (type === 'list') {
    const list = value as readonly unknown[];
    checkLength(plan, list.length, list.length, path, found, 'elements');
    if (plan.of !== undefined) for (const element of list.slice(0, max)) checkValue(plan.of, element, path, found);
  }
}

function checkText(plan: Plan, text: string, path: string, found: Malformation[]) {
  const { member, name, pattern } = plan;
  const bytes = member.type === 'blob' ? bytesInBase64(text) : text.length;
  // AWS does not say whether it counts UTF-16 units or code points: a text is too long only if it is so both ways.
  const points = member.type === 'blob' || !surrogates.test(text) ? bytes : [...text].length;
  const count = found.length;
  checkLength(plan, points, bytes, path, found, member.type === 'blob' ? 'bytes' : 'characters');
  if (pattern !== undefined && count === found.length && !pattern.test(text)) {
    found.push(problem(path, name, 'pattern', `does not match ${member.pattern}`));
  }
}

function checkLength(
  { member, name }: Plan,
  least: number,
  most: number,
  path: string,
  found: Malformation[],
  unit: string,
) {
  const { min = 0, max = Number.POSITIVE_INFINITY } = member;
  if (most < min) found.push(problem(path, name, 'short', `has ${most} ${unit}, at least ${min}`));
  if (least > max) found.push(problem(path, name, 'long', `has ${least} ${unit}, at most ${max}`));
}

const surrogates = /[\ud800-\udbff]/;

const bytesInBase64 = (text: string): number => Math.floor((text.replace(/=+$/, '').length * 3) / 4);

function isOfType(type: Member['type'], value: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'timestamp') return typeof value === 'number' || typeof value === 'string';
  if (type === 'list') return Array.isArray(value);
  if (type === 'map' || type === 'structure') return isObject(value);
  return typeof value === 'string';
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const problem = (path: string, member: string, kind: Problem, says: string): Malformation => ({
  path,
  member,
  problem: kind,
  says: path === '' ? says : `${path} ${says}`,
});
