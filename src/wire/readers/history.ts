import type { HistoryEvent } from '../../oracle/history.ts';
import { eventOf } from './event.ts';
import { linesOf } from './lines.ts';
import type { Batch, Reader, ReadOptions } from './reader.ts';
import { Unreadable } from './unreadable.ts';

/** Histories in this project's own format: one event a line, as JSON. */
export const history: Reader = {
  recognizes: (beginning) => /^\s*\{[^\n]*"op"\s*:/.test(beginning),
  read,
  defaults: { initial: 'empty', consistency: 'strong', worldIs: 'steady' },
};

async function* read(path: string, bytes: AsyncIterable<Buffer>, { lenient }: ReadOptions): AsyncGenerator<Batch> {
  const secrets = new SecretsSeen();
  let line = 0;
  let latest = 0;
  for await (const lines of linesOf(path, bytes)) {
    const events: HistoryEvent[] = [];
    let skipped = 0;
    for (const text of lines) {
      line += 1;
      if (text.trim() === '') continue;
      let event = parsed(text, lenient);
      if (typeof event !== 'string' && (event.start ?? latest) < latest) event = backwards;
      if (typeof event === 'string') {
        if (!lenient) throw new Unreadable(`${path}:${line}: ${event}`);
        skipped += 1;
        continue;
      }
      latest = event.start ?? latest;
      events.push(secrets.completed(event));
    }
    yield { part: '', events, skipped };
  }
}

const backwards = 'starts before the event above it. Sort the lines by their start; --lenient leaves the line out';

function parsed(text: string, lenient: boolean): HistoryEvent | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return `is not JSON (${text.length} characters). A history has one whole JSON object a line; --lenient skips the line`;
  }
  return eventOf(value, lenient);
}

/**
 * A recorder may leave secrets out. As long as none was seen, one that is absent may have been given; once one was,
 * the recorder keeps them (masked, perhaps), and absent means absent: unless it shows that this one was left out.
 */
class SecretsSeen {
  readonly #seen = new Set<Secret>();
  readonly #missed = new Set<Secret>();

  completed(event: HistoryEvent): HistoryEvent {
    if (event.op !== 'CreateCustomKeyStore' && event.op !== 'UpdateCustomKeyStore') return event;
    const withheld: string[] = [];
    const { XksProxyAuthenticationCredential: credential, CloudHsmClusterId: cluster } = event.input;
    const places: readonly (readonly [Secret, unknown, string])[] = [
      ['KeyStorePassword', event.input, 'KeyStorePassword'],
      ['RawSecretAccessKey', credential, 'XksProxyAuthenticationCredential.RawSecretAccessKey'],
    ];
    const absent = places.filter(([name, holder]) => {
      if (typeof holder !== 'object' || holder === null) return false;
      if ((holder as Readonly<Record<string, unknown>>)[name] === undefined) return true;
      this.#seen.add(name);
      return false;
    });
    for (const [name, holder, path] of absent) {
      // Without its secret nothing of this kind is created.
      const needs = event.op === 'CreateCustomKeyStore' && (holder === credential || cluster !== undefined);
      if (needs && 'ok' in event) this.#missed.add(name);
      if (this.#mayBeLeftOut(name)) withheld.push(path);
    }
    return withheld.length === 0 ? event : ({ ...event, withheld } as HistoryEvent);
  }

  #mayBeLeftOut = (name: Secret): boolean => (this.#seen.size === 0 || this.#missed.has(name)) && !this.#seen.has(name);
}

type Secret = 'KeyStorePassword' | 'RawSecretAccessKey';
