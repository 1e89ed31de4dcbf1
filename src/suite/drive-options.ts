import type { Answers } from '../spec/reading.ts';
import type { Edition, Operation } from '../spec/vocabulary.ts';
import type { WorldFile } from '../spec/world.ts';
import type { Fault } from './fault.ts';
import type { Finding } from './findings.ts';
import type { Plan } from './run.ts';

/** How an implementation is to be driven, and judged. */
export interface DriveOptions {
  readonly editions: readonly Edition[];
  readonly answers: Answers;
  readonly seed: number;
  /** How many random sequences, after the systematic part. */
  readonly runs: number;
  /** Whether everything that the machine tells is tried first; it is, unless told otherwise. */
  readonly systematic?: boolean;
  /** Whether keys may be made: they keep their store from being deleted for days. */
  readonly withKeys: boolean;
  /** What is declared of the world; nothing, if left out. */
  readonly world?: WorldFile;
  readonly worldIs?: 'steady' | 'changing';
  readonly consistency?: 'strong' | 'eventual';
  /** `seconds`: answers come as they are on the wire, with dates in seconds. */
  readonly dates?: 'seconds';
  /** For how long to wait for a hidden step, in milliseconds. */
  readonly patience?: number;
  /** For how long to go on with random sequences, in milliseconds. */
  readonly time?: number;
  /** For how long to shorten the history of one fault, in milliseconds; of all, four times as long. */
  readonly shrinking?: number;
  /** Only these operations are tried; what it takes to get there is sent all the same. */
  readonly only?: readonly Operation[];
  /** These operations are never sent. */
  readonly skip?: readonly Operation[];
  /** Which part of the work is for this run, of how many; from 0. */
  readonly shard?: { readonly index: number; readonly of: number };
  /** The mark in the names of everything that is created. */
  readonly tag?: string;
  /** A sequence to send again, instead of all others. */
  readonly replay?: readonly Plan[];
  /** Told what is going on. */
  readonly progress?: (what: string) => void;
  /** Told of every fault at first sight, before its history is shortened. */
  readonly suspected?: (fault: Fault) => void;
  /** Told of every fault when its shortest history is known. */
  readonly found?: (finding: Finding) => void;
  readonly created?: (id: string, kind: 'store' | 'key') => void;
  readonly gone?: (id: string) => void;
  /** Asked before every request. */
  readonly stop?: () => boolean;
}
