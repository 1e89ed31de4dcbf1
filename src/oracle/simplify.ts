import { type Atom, all, any, type Condition, type Open, resolved } from '../spec/condition.ts';

/** A condition with more unknowns than this is taken to hold: that allows more, never less, and keeps it cheap. */
export const mostAtoms = 200;
const mostInterned = 20_000;

/**
 * The same condition, shorter: parts of parts are parts, what is said twice is said once, what all alternatives ask
 * for stands in front of them, and an alternative that asks for more than another is left out. Equal conditions come
 * out as the same object, so that what was worked out about one serves the other.
 */
export function simplified(condition: Condition): Condition {
  if (typeof condition === 'boolean') return condition;
  const known = results.get(condition);
  if (known !== undefined) return known;
  const short =
    'all' in condition ? conjunction(condition.all) : 'any' in condition ? alternatives(condition.any) : condition;
  const result =
    typeof short === 'boolean' ? short : atomsIn(short).length > mostAtoms ? weakened(short) : interned(short);
  results.set(condition, result);
  if (typeof result !== 'boolean') results.set(result, result);
  return result;
}

const results = new WeakMap<Open, Condition>();

/** What is asked for on its own, and as many of the alternatives as there is room for. */
function weakened(open: Open): Condition {
  let room = mostAtoms;
  const kept = partsOf(open).filter((part) => {
    const size = atomsIn(part).length;
    if (size > 1) room -= size;
    return size === 1 || room >= 0;
  });
  const left = all(...kept);
  return typeof left === 'boolean' ? left : interned(left);
}

/** The parts of a conjunction. */
export const partsOf = (open: Open): readonly Open[] => ('all' in open ? open.all.flatMap(partsOf) : [open]);
const choicesOf = (open: Open): readonly Open[] => ('any' in open ? open.any.flatMap(choicesOf) : [open]);

function conjunction(given: readonly Open[]): Condition {
  const parts: Open[] = [];
  for (const part of given) {
    const short = simplified(part);
    if (short === false) return false;
    if (short !== true) parts.push(...partsOf(short));
  }
  const merged = mergedAtoms(parts, false);
  if (typeof merged === 'boolean') return merged;
  const left = followedThrough(merged);
  if (typeof left === 'boolean') return left;
  return all(...withoutImplied(absorbed(left, choicesOf), choicesOf, partsOf));
}

function alternatives(given: readonly Open[]): Condition {
  const choices: Open[] = [];
  for (const choice of given) {
    const short = simplified(choice);
    if (short === true) return true;
    if (short !== false) choices.push(...choicesOf(short));
  }
  const merged = mergedAtoms(choices, true);
  if (typeof merged === 'boolean') return merged;
  const open = passedOver(merged);
  if (typeof open === 'boolean') return open;
  const left = withoutImplied(absorbed(open, partsOf), partsOf, choicesOf);
  const [first, ...others] = left.map(partsOf);
  if (first === undefined || others.length === 0) return any(...left);
  const shared = first.filter((part) => others.every((parts) => parts.some((other) => textOf(other) === textOf(part))));
  if (shared.length === 0) return any(...left);
  const texts = new Set(shared.map(textOf));
  const rest = left.map((choice) => all(...partsOf(choice).filter((part) => !texts.has(textOf(part)))));
  return simplified(all(...shared, any(...rest)));
}

/** What is asked for on its own decides the same in the alternatives beside it. */
const followedThrough = (parts: readonly Open[]): readonly Open[] | boolean =>
  decidedBeside(parts, all, partsOf, (atom, known) => {
    if ('fact' in atom || 'fact' in known) return 'fact' in atom && 'fact' in known && atom.is === known.is;
    const both = known.among.filter((choice) => atom.among.includes(choice));
    return both.length > 0 && both.length < known.among.length ? atom : both.length > 0;
  });

/** What is enough on its own need not be asked for in the alternatives beside it: they matter only where it fails. */
const passedOver = (choices: readonly Open[]): readonly Open[] | boolean =>
  decidedBeside(choices, any, choicesOf, (atom, known) => {
    if ('fact' in atom || 'fact' in known) return 'fact' in atom && 'fact' in known && atom.is !== known.is;
    const among = atom.among.filter((choice) => !known.among.includes(choice));
    return among.length === atom.among.length ? atom : among.length > 0 && { ...atom, among };
  });

/** The members, with what those that are atoms (`known`) decide of the same question or fact in the others. */
function decidedBeside(
  members: readonly Open[],
  join: (...parts: readonly Condition[]) => Condition,
  membersOf: (open: Open) => readonly Open[],
  decide: (atom: Atom, known: Atom) => Condition,
): readonly Open[] | boolean {
  const atoms = new Map<string, Atom>();
  for (const member of members) if (isAtom(member)) atoms.set(nameOf(member), member);
  if (atoms.size === 0 || atoms.size === members.length) return members;
  let isChanged = false;
  const left = members.map((member) =>
    isAtom(member)
      ? member
      : resolved(member, (atom) => {
          const known = atoms.get(nameOf(atom));
          const decided = known === undefined ? atom : decide(atom, known);
          isChanged ||= decided !== atom;
          return decided;
        }),
  );
  if (!isChanged) return members;
  const whole = simplified(join(...left));
  return typeof whole === 'boolean' ? whole : membersOf(whole);
}

const isAtom = (open: Open): open is Atom => !('all' in open || 'any' in open);

/** Atoms about the same thing become one: either what both allow, or (`widening`) what one of them does. */
function mergedAtoms(parts: readonly Open[], widening: boolean): readonly Open[] | boolean {
  const atoms = new Map<string, Atom>();
  const others: Open[] = [];
  for (const part of parts) {
    if ('all' in part || 'any' in part) {
      others.push(part);
      continue;
    }
    const name = nameOf(part);
    const before = atoms.get(name);
    if (before === undefined) atoms.set(name, part);
    else if ('fact' in part) {
      if ('fact' in before && before.is !== part.is) return widening;
    } else if ('question' in before) {
      const among = part.of.filter((choice) =>
        widening
          ? part.among.includes(choice) || before.among.includes(choice)
          : part.among.includes(choice) && before.among.includes(choice),
      );
      if (among.length === 0) return false;
      if (among.length === part.of.length) return true;
      atoms.set(name, { ...part, among });
    }
  }
  return [...atoms.values(), ...others];
}

/** Without parts that follow from another: whose members are a part of that one's, or the other way round. */
function absorbed(parts: readonly Open[], membersOf: (open: Open) => readonly Open[]): readonly Open[] {
  const distinct = [...new Map(parts.map((part) => [textOf(part), part])).values()];
  distinct.sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
  if (distinct.length < 2) return distinct;
  const members = distinct.map((part) => new Set(membersOf(part).map(textOf)));
  return distinct.filter((_, index) => {
    const mine = members[index] as Set<string>;
    return !members.some(
      (other, place) =>
        place !== index &&
        (other.size < mine.size || (other.size === mine.size && place < index)) &&
        [...other].every((text) => mine.has(text)),
    );
  });
}

/**
 * Without parts that follow from several others: of alternatives, one that asks for one of several which are there on
 * their own; of a conjunction, one that several others together make hold.
 */
function withoutImplied(
  parts: readonly Open[],
  membersOf: (open: Open) => readonly Open[],
  innerOf: (open: Open) => readonly Open[],
): readonly Open[] {
  if (parts.length < 3 || !parts.some((part) => membersOf(part).some((member) => innerOf(member).length > 1))) {
    return parts;
  }
  const texts = new Set(parts.map(textOf));
  return parts.filter((part) => {
    texts.delete(textOf(part));
    const isImplied = membersOf(part).some((member) => innerOf(member).every((inner) => texts.has(textOf(inner))));
    if (!isImplied) texts.add(textOf(part));
    return !isImplied;
  });
}

/** Every unknown that a condition rests on, as atomsOf gives them: gathered in one list, since it is asked for often. */
export function atomsIn(condition: Condition): readonly Atom[] {
  const found: Atom[] = [];
  if (typeof condition !== 'boolean') collect(condition, found);
  return found;
}

function collect(open: Open, found: Atom[]): void {
  if ('all' in open) for (const part of open.all) collect(part, found);
  else if ('any' in open) for (const part of open.any) collect(part, found);
  else found.push(open);
}

/** The question, or the fact with its subject, that an atom is about. */
export function nameOf(atom: Atom): string {
  if ('question' in atom) return atom.question;
  const known = names.get(atom);
  if (known !== undefined) return known;
  const name = `${atom.fact} ${atom.about}`;
  names.set(atom, name);
  return name;
}

const names = new WeakMap<Atom, string>();

const texts = new WeakMap<object, string>();
export function textOf(open: Open): string {
  const known = texts.get(open);
  if (known !== undefined) return known;
  const text =
    'all' in open
      ? `(${open.all.map(textOf).join('&')})`
      : 'any' in open
        ? `[${open.any.map(textOf).join('|')}]`
        : 'fact' in open
          ? `${open.is ? '' : '!'}${open.fact} ${open.about}`
          : `${open.question}=${open.among.join('/')}`;
  texts.set(open, text);
  return text;
}

const pool = new Map<string, Open>();
function interned(open: Open): Open {
  const text = textOf(open);
  const known = pool.get(text);
  if (known !== undefined) return known;
  if (pool.size >= mostInterned) pool.clear();
  pool.set(text, open);
  return open;
}
