import type { Request } from '../../spec/inputs.ts';
import type { Answers } from '../../spec/reading.ts';
import type { ConnectionState, Edition } from '../../spec/vocabulary.ts';
import type { WorldFile } from '../../spec/world.ts';

/** What a vector is made from: requests in a row. The specification adds everything that may come of them. */
export interface Script {
  readonly id: string;
  readonly says: string;
  readonly steps: readonly ScriptStep[];
  /** The world; if left out, one in which all that the script names is healthy. `none`: nothing is known of it. */
  readonly world?: WorldFile | 'none';
  readonly assumes?: Answers;
  /** The first edition in which it makes sense. */
  readonly since?: Edition;
}

/** One request of a script. */
export interface ScriptStep {
  readonly request: Request;
  /** The name under which the ID that comes back is kept. */
  readonly keep?: string;
  /** Other members of the answer to keep. */
  readonly keepToo?: Readonly<Record<string, string>>;
  /** Only success leads on (`ok`), or only a refusal; otherwise everything does. */
  readonly onlyAfter?: 'ok' | 'error';
  /** A wait: the request is sent again until one of these states shows. */
  readonly until?: readonly ConnectionState[];
}

/** What stands for something that an earlier answer gave. */
export const kept = (name: string): string => `\${${name}}`;

/** The names that stand in a request. */
export function namesIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return /^\$\{(.+)\}$/.exec(value)?.slice(1) ?? [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(namesIn) : [];
}
