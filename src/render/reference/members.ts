import type { Member } from '../../spec/shape.ts';
import { code } from '../markdown.ts';

/** The rows of a member: its own, and below it those of a structure's members. */
export function memberRows(name: string, member: Member): readonly (readonly string[])[] {
  const inner = Object.entries(member.members ?? {});
  const { storeType } = member;
  const within = storeType === undefined ? {} : { storeType };
  return [
    memberRow(name, member),
    ...inner.flatMap(([each, its]) => memberRows(`${name}.${each}`, { ...within, ...its })),
  ];
}

function memberRow(name: string, member: Member): readonly string[] {
  const { pattern, values, required, requiredByText, storeType, says = '', sensitive, since, narrower } = member;
  const form = [
    pattern === undefined ? '' : code(pattern),
    narrower === undefined ? '' : `before ${narrower.before} ${code(narrower.pattern)}`,
    values === undefined ? '' : values.map(code).join(', '),
  ].filter(Boolean);
  const remarks = [says, sensitive ? 'Secret.' : '', since === undefined ? '' : `Since ${since}.`]
    .filter(Boolean)
    .join(' ');
  return [
    code(name),
    [sizeOf(member), ...form].join('; '),
    required ? 'always' : requiredByText === undefined ? 'no' : `for ${code(requiredByText)}`,
    storeType === undefined ? 'both' : code(storeType),
    remarks,
  ];
}

const units = { string: 'characters', blob: 'bytes', list: 'elements' } as const;

/** The type with its bounds, in words. */
function sizeOf({ type, min, max }: Member): string {
  if (min === undefined && max === undefined) return type;
  const unit = Object.hasOwn(units, type) ? ` ${units[type as keyof typeof units]}` : '';
  const range = min === max ? `${max}` : max === undefined ? `at least ${min}` : `${min ?? 0} to ${max}`;
  return `${type} of ${range}${unit}`;
}
