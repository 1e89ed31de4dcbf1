import type { Atom, Open } from '../spec/condition.ts';
import type { FactKind } from '../spec/facts.ts';
import { piecesOf } from './opaque.ts';
import { nameOf } from './simplify.ts';

/** Something that is taken for granted, in pieces: values, and what stands between them. */
export type Sentence = readonly string[];

/** Facts about nothing that belongs to one store: they matter to all. */
const general: ReadonlySet<string> = new Set<FactKind>([
  'caller.permitted',
  'caller.authenticated',
  'request.withinRate',
  'service.healthy',
  'quota.free',
  'marker.valid',
  'ciphertext.valid',
  'keyQuota.free',
  'arguments.valid',
]);

/** Facts about two things of which it does not matter which is named first: the lesser is. */
export const isPair = (kind: string): boolean => kind === 'cluster.related' || kind === 'cluster.unrelated';

/** Are both things that a fact about two is about among these? Of other facts it is so. */
export const isWithin = ([kind, , one, , other]: Sentence, about: ReadonlySet<string>): boolean =>
  !isPair(kind as string) || (about.has(one as string) && about.has(other as string));

interface FactIn {
  readonly pieces: Sentence;
  /** The values under which it is found; none, if it is about no store. */
  readonly keys: readonly string[] | undefined;
}

/** A fact, by its name, in pieces. */
export function factIn(name: string): FactIn {
  const known = factsIn.get(name);
  if (known !== undefined) return known;
  const end = name.indexOf(' ');
  const kind = name.slice(0, end);
  const subject = piecesOf(kind, name.slice(end + 1));
  const made: FactIn = { pieces: [kind, ' ', ...subject], keys: general.has(kind) ? undefined : keysOf(kind, subject) };
  if (factsIn.size >= mostKept) factsIn.clear();
  factsIn.set(name, made);
  return made;
}
const factsIn = new Map<string, FactIn>();
const mostKept = 5000;

function keysOf(kind: string, subject: Sentence): readonly string[] {
  const endpoint = subject.find((piece) => piece.startsWith('https://'));
  // A path, or an access key, comes with its endpoint; a certificate with its cluster.
  if (endpoint !== undefined && kind !== 'cluster.trustAnchor') return [endpoint];
  if (kind === 'cluster.trustAnchor') return subject.slice(0, 1);
  if (kind === 'externalKey.withoutFault') return subject.slice(2);
  return subject.filter((piece) => piece !== ' ');
}

/** A condition in pieces, and as a text. */
export function clauseIn(clause: Open): { readonly pieces: Sentence; readonly text: string } {
  const known = clausesIn.get(clause);
  if (known !== undefined) return known;
  const pieces: string[] = [];
  gather(clause, pieces);
  const made = { pieces, text: pieces.join('') };
  clausesIn.set(clause, made);
  return made;
}
const clausesIn = new WeakMap<Open, { readonly pieces: Sentence; readonly text: string }>();

function gather(open: Open, pieces: string[]): void {
  if ('all' in open || 'any' in open) {
    const parts = 'all' in open ? open.all : open.any;
    pieces.push('all' in open ? '(' : '[');
    for (const part of parts) {
      gather(part, pieces);
      pieces.push(',');
    }
    pieces.push('all' in open ? ')' : ']');
  } else gatherAtom(open, pieces);
}

function gatherAtom(atom: Atom, pieces: string[]): void {
  if ('question' in atom) pieces.push(`${atom.question}=${atom.among.join('/')}`);
  else pieces.push(atom.is ? '' : '!', ...factIn(nameOf(atom)).pieces);
}

/** Sentences as one short text, with names for the values that have one. */
export const written = (sentences: Iterable<Sentence>, names: (piece: string) => string): string =>
  Array.from(sentences, (pieces) => numberOf(pieces.map(names).join('\u0003')))
    .sort((a, b) => a - b)
    .join();

/** A number for each sentence, since there are few of them, and they are said again and again. */
function numberOf(text: string): number {
  const found = numbers.get(text);
  if (found !== undefined) return found;
  if (numbers.size >= mostNumbers) numbers.clear();
  numbered += 1;
  numbers.set(text, numbered);
  return numbered;
}
const numbers = new Map<string, number>();
let numbered = 0;
const mostNumbers = 20_000;
