import type { Store } from '../spec/model.ts';

/** What a service knows of a key beside its state. */
export interface KeyNote {
  /** Epoch seconds. */
  readonly created: number;
  readonly description?: string;
  /** When it will be deleted, in epoch seconds; only while it is pending deletion. */
  readonly deletion?: number;
}

/** What a service knows of a store beside the store itself. */
export interface Note {
  /** Its place in the order of creation. */
  readonly order: number;
  /** Epoch seconds. */
  readonly created: number;
  /** What is running began at this time (epoch milliseconds), and was looked at so often since. */
  readonly since: number;
  readonly waited: number;
  readonly keys: Readonly<Record<string, KeyNote>>;
}

/** A store with its note: what a state file holds. */
export interface Noted {
  readonly store: Store;
  readonly note: Note;
}

/** What has changed since somebody asked. */
export interface Changes {
  readonly made: number;
  readonly put: readonly Noted[];
  readonly gone: readonly string[];
}

/** May something happen to the store that nobody asks for, besides the deletion of a key? */
export const isMoving = ({ connectionState, disconnectPending }: Store): boolean =>
  connectionState === 'CONNECTING' || connectionState === 'DISCONNECTING' || disconnectPending === true;
