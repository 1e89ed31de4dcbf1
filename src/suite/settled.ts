import { type HistoryEvent, isUnanswered } from '../oracle/history.ts';
import type { ConnectionState } from '../spec/vocabulary.ts';

/** The states in which something runs that ends without a request. */
const running: ReadonlySet<unknown> = new Set<ConnectionState>(['CONNECTING', 'DISCONNECTING']);

/**
 * Which stores can still be on their way from one connection state to another, given that at some point everything
 * was given the time to end. What has not ended then never will, and that violates: an attempt ends in CONNECTED or
 * FAILED, a disconnection in DISCONNECTED.
 */
export class Settled {
  /** The stores of which something may run; undefined as long as nobody ever waited. */
  #moving: Set<string> | undefined;
  #touched = new Set<string>();

  /** Everything that ran has ended. Gives the stores of which something may have been running. */
  settle(): readonly string[] {
    const moved = [...this.#touched];
    this.#moving = new Set();
    this.#touched = new Set();
    return moved;
  }

  /** Takes an event into account, and names a store that it shows on its way although everything has ended. */
  observe(event: HistoryEvent): string | undefined {
    const { op } = event;
    if (op === 'ConnectCustomKeyStore' || op === 'DisconnectCustomKeyStore') {
      const { CustomKeyStoreId: id } = event.input;
      if (typeof id !== 'string' || !('ok' in event || isUnanswered(event))) return undefined;
      this.#touched.add(id);
      this.#moving?.add(id);
    }
    if (op !== 'DescribeCustomKeyStores' || this.#moving === undefined || !('ok' in event)) return undefined;
    const list = event.ok['CustomKeyStores'];
    if (!Array.isArray(list)) return undefined;
    for (const entry of list as readonly { CustomKeyStoreId?: string; ConnectionState?: unknown }[]) {
      const { CustomKeyStoreId: id, ConnectionState: state } = entry ?? {};
      if (running.has(state) && typeof id === 'string' && !this.#moving.has(id)) return id;
    }
    return undefined;
  }

  /** The same knowledge, to go its own way. */
  fork(): Settled {
    const fork = new Settled();
    fork.#moving = this.#moving && new Set(this.#moving);
    fork.#touched = new Set(this.#touched);
    return fork;
  }
}

/** What is wrong with such a store, for people. */
export const movesForEver = (id: string): string =>
  `Store ${id} is still on its way, although everything was given the time to end. A connection attempt ends in CONNECTED or FAILED (T03, T04), a disconnection in DISCONNECTED (T13).`;
