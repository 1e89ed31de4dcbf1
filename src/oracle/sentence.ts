import type { Atom, Open } from '../spec/condition.ts';
import type { FactKind } from '../spec/facts.ts';
import { piecesOf } from './opaque.ts';
import { nameOf } from './simplify.ts';

/** Something that is taken for granted, in pieces: values, and what stands between them. */
export interface Sentence {
  readonly pieces: readonly string[];
  /** Where the values stand. */
  readonly places: readonly number[];
}

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
export function isWithin({ pieces }: Sentence, about: ReadonlySet<string>): boolean {
  const [kind, , one, , other] = pieces;
  return !isPair(kind as string) || (about.has(one as string) && about.has(other as string));
}

interface FactIn extends Sentence {
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
  const pieces = [kind, ' ', ...subject];
  const places = pieces.flatMap((piece, place) => (place < 2 || piece === ' ' ? [] : [place]));
  const made: FactIn = { pieces, places, keys: general.has(kind) ? undefined : keysOf(kind, subject) };
  if (factsIn.size >= mostKept) factsIn.clear();
  factsIn.set(name, made);
  return made;
}
const factsIn = new Map<string, FactIn>();
const mostKept = 5000;

function keysOf(kind: string, subject: readonly string[]): readonly string[] {
  if (kind === 'externalKey.withoutFault') return subject.slice(2, 3);
  const endpoint = subject.find((piece) => piece.startsWith('https://'));
  // A path, or an access key, comes with its endpoint; a certificate with its cluster.
  if (endpoint !== undefined && kind !== 'cluster.trustAnchor') return [endpoint];
  if (kind === 'cluster.trustAnchor') return subject.slice(0, 1);
  return subject.filter((piece) => piece !== ' ');
}

/** A condition in pieces, and as a text. */
export function clauseIn(clause: Open): Sentence & { readonly text: string } {
  const known = clausesIn.get(clause);
  if (known !== undefined) return known;
  const pieces: string[] = [];
  const places: number[] = [];
  gather(clause, pieces, places);
  const made = { pieces, places, text: pieces.join('') };
  clausesIn.set(clause, made);
  return made;
}
const clausesIn = new WeakMap<Open, Sentence & { readonly text: string }>();

function gather(open: Open, pieces: string[], places: number[]): void {
  if ('all' in open || 'any' in open) {
    const parts = 'all' in open ? open.all : open.any;
    pieces.push('all' in open ? '(' : '[');
    for (const part of parts) {
      gather(part, pieces, places);
      pieces.push(',');
    }
    pieces.push('all' in open ? ')' : ']');
  } else gatherAtom(open, pieces, places);
}

function gatherAtom(atom: Atom, pieces: string[], places: number[]): void {
  if ('question' in atom) pieces.push(`${atom.question}=${atom.among.join('/')}`);
  else {
    pieces.push(atom.is ? '' : '!');
    const fact = factIn(nameOf(atom));
    for (const place of fact.places) places.push(pieces.length + place);
    pieces.push(...fact.pieces);
  }
}

/** Sentences as one short text, with names for the values that have one. */
export const written = (sentences: Iterable<Sentence>, names: (piece: string) => string): string =>
  Array.from(sentences, (sentence) => numberOf(named(sentence, names)))
    .sort((a, b) => a - b)
    .join();

function named(sentence: Sentence, names: (piece: string) => string): string {
  const { pieces, places } = sentence;
  let text = String(wordingOf(sentence));
  for (const place of places) text += `\u0003${names(pieces[place] as string)}`;
  return text;
}

/** A number for what stands between the values, and where. */
function wordingOf(sentence: Sentence): number {
  const known = wordings.get(sentence);
  if (known !== undefined) return known;
  const { pieces, places } = sentence;
  const wording = numberOf(pieces.map((piece, place) => (places.includes(place) ? '\u0002' : piece)).join('\u0003'));
  wordings.set(sentence, wording);
  return wording;
}
const wordings = new WeakMap<Sentence, number>();

/** A number for each text, since there are few of them, and they are said again and again. */
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
