import type { SpecFault } from './faults.ts';

/**
 * The faults that each piece of work meets, found in one go without any of them put in: a function that would give
 * something else is called, or a member that would have another value is read. Whatever does not meet a fault does the
 * same with it as without, so nobody has to try.
 */
export function meeting<T>(faults: readonly SpecFault[], work: (metIn: <R>(part: () => R) => Met) => T): T {
  const places = new Map<object, Map<string, SpecFault[]>>();
  for (const fault of faults) {
    const { target, member } = fault.metWith;
    const members = places.get(target) ?? new Map<string, SpecFault[]>();
    places.set(target, members.set(member, [...(members.get(member) ?? []), fault]));
  }
  let met = new Set<SpecFault>();
  const undo: (() => void)[] = [];
  for (const [target, members] of places) {
    for (const [member, own] of members) {
      const before = Object.getOwnPropertyDescriptor(target, member) as PropertyDescriptor;
      undo.push(() => Object.defineProperty(target, member, before));
      const watched =
        typeof before.value === 'function'
          ? { ...before, value: comparing(before.value as Pure, own, () => met) }
          : { configurable: true, enumerable: true, get: () => reading(before.value, own, met) };
      Object.defineProperty(target, member, watched);
    }
  }
  try {
    return work((part) => {
      met = new Set();
      part();
      return met;
    });
  } finally {
    for (const each of undo) each();
  }
}

export type Met = ReadonlySet<SpecFault>;

type Pure = (...args: readonly unknown[]) => unknown;

function reading(value: unknown, faults: readonly SpecFault[], met: Set<SpecFault>): unknown {
  for (const fault of faults) met.add(fault);
  return value;
}

/** The function, which notes each fault with which it would have given something else. */
function comparing(sound: Pure, faults: readonly SpecFault[], met: () => Set<SpecFault>): Pure {
  return (...args) => {
    const result = sound(...args);
    const noted = met();
    const text = typeof result === 'boolean' ? String(result) : JSON.stringify(result);
    for (const fault of faults) if (!noted.has(fault) && textWith(fault, args) !== text) noted.add(fault);
    return result;
  };
}

function textWith({ metWith: { value } }: SpecFault, args: readonly unknown[]): string {
  try {
    const result = (value as Pure)(...args);
    return typeof result === 'boolean' ? String(result) : JSON.stringify(result);
  } catch {
    return 'fails';
  }
}
