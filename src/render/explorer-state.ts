import type { HistoryEvent } from '../oracle/history.ts';
import type { OracleOptions } from '../oracle/oracle-options.ts';
import type { Answers } from '../spec/reading.ts';
import type { Edition } from '../spec/vocabulary.ts';
import type { WorldFile } from '../spec/world.ts';
import { withoutSecrets } from '../suite/masked.ts';

/** How a history is judged, besides the reading; left out, as usual. */
export interface Judging extends Pick<OracleOptions, 'initial' | 'worldIs' | 'consistency' | 'staleness' | 'strict'> {
  readonly world?: WorldFile;
}

/** What the explorer shows: a history, a place in it, and the reading under which it is looked at. */
export interface ExplorerState extends Judging {
  readonly history: readonly HistoryEvent[];
  /** How many events have happened: 0 is before the first. Left out: those up to the first violation, if there is one. */
  readonly at?: number | undefined;
  /** Left out: the edition that allows the longest beginning of the history. */
  readonly edition?: Edition | undefined;
  readonly answers?: Answers | undefined;
  /** The edition to compare with. */
  readonly compare?: Edition | undefined;
  /** The store that is looked at. */
  readonly store?: string | undefined;
}

/** The page, with a state that it opens with. Secrets are masked. */
export function embedded(page: string, state: ExplorerState): string {
  const [before, after] = around(page);
  return before + stateJson(state) + after;
}

/** The two parts of the page, between which stands the JSON of the state that it opens with. */
export function around(page: string): readonly [string, string] {
  const [before, after] = page.split(`${opening}null</script>`);
  if (before === undefined || after === undefined) throw new Error('not a page of the explorer');
  return [before + opening, `</script>${after}`];
}

/** The state as JSON that may stand in a script element. Secrets are masked. */
export const stateJson = (state: ExplorerState): string => scriptJson(plain(state));

/** JSON that may stand in a script element. */
export const scriptJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** Where the page keeps the state that it opens with. */
export const stateElement = 'state';
const opening = `<script type="application/json" id="${stateElement}">`;

/** The part of an address after `#` that shows exactly this. Secrets are masked. */
export async function hashOf(state: ExplorerState): Promise<string> {
  const { history, answers = {}, world, ...plainParts } = state;
  const entries = {
    ...plainParts,
    at: state.at === undefined ? '' : String(state.at),
    answers: Object.entries(answers)
      .map(([question, choice]) => `${question}:${choice}`)
      .join(','),
    world: world === undefined || Object.keys(world).length === 0 ? '' : await pack(JSON.stringify(world)),
    history: history.length === 0 ? '' : await packed(history),
  };
  const given = Object.entries(entries).flatMap(([name, value]): [string, string][] =>
    value && value !== usual[name] ? [[name, String(value)]] : [],
  );
  return new URLSearchParams(given).toString().replaceAll('%3A', ':').replaceAll('%2C', ',');
}

/** What does not have to be said. */
const usual: Readonly<Record<string, string>> = { initial: 'empty', worldIs: 'steady', consistency: 'strong' };

/** What a hash asks for, not checked yet. Fails if what is packed in it cannot be unpacked. */
export async function partsOf(hash: string): Promise<Partial<Record<keyof ExplorerState, unknown>>> {
  const { history, answers, at, staleness, strict, world, ...rest } = Object.fromEntries(
    new URLSearchParams(hash.replace(/^#/, '')),
  );
  return {
    ...rest,
    at: at === undefined ? undefined : Number(at),
    staleness: staleness === undefined ? undefined : Number(staleness),
    strict: strict === 'true',
    world: world === undefined ? undefined : await unpacked(world),
    answers: Object.fromEntries((answers ?? '').split(',').map((each) => each.split(':', 2))),
    history: history === undefined ? [] : await unpacked(history),
  };
}

const plain = (state: ExplorerState): ExplorerState => ({
  ...state,
  history: withoutSecrets(state.history),
});

const remembered = new WeakMap<readonly HistoryEvent[], Promise<string>>();

/** The history as short text that an address may hold. */
function packed(history: readonly HistoryEvent[]): Promise<string> {
  const text = remembered.get(history) ?? pack(JSON.stringify(withoutSecrets(history)));
  remembered.set(history, text);
  return text;
}

async function pack(text: string): Promise<string> {
  const bytes = new Uint8Array(await through(new CompressionStream('deflate-raw'), new TextEncoder().encode(text)));
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

async function unpacked(text: string): Promise<unknown> {
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (each) => each.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(await through(new DecompressionStream('deflate-raw'), bytes)));
}

async function through(
  stream: { readonly writable: WritableStream; readonly readable: ReadableStream },
  bytes: Uint8Array,
): Promise<ArrayBuffer> {
  const writer = stream.writable.getWriter();
  const written = writer.write(bytes).then(() => writer.close());
  const [result] = await Promise.all([new Response(stream.readable).arrayBuffer(), written]);
  return result;
}
