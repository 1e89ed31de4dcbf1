import type { Request } from '../spec/inputs.ts';
import { bareKeyId, toldByCiphertext, withBareKeys } from '../spec/key-id.ts';
import { given } from '../spec/properties.ts';
import type { HistoryEvent, Output } from './history.ts';

/** So many ciphertexts are remembered; the oldest are forgotten first. */
const most = 1000;

/** A ciphertext that no recorder put in place of several: base64 of as many bytes as it takes to encrypt at all. */
const telling = /^[A-Za-z0-9+/]{38,}={0,2}$/;

/** Which key each ciphertext is of, as answers have shown: whoever decrypts it need not name the key. */
export class Sealed {
  /** None: answers for several keys have shown the same ciphertext, so that it tells nothing. */
  readonly #keys: Map<string, string | undefined>;

  constructor(keys: Iterable<readonly [string, string | undefined]> = []) {
    this.#keys = new Map(keys);
  }

  copy(): Sealed {
    return new Sealed(this.#keys);
  }

  learn(event: HistoryEvent): void {
    if (!('ok' in event)) return;
    const { CiphertextBlob: blob } = event.ok;
    const { KeyId, DestinationKeyId } = event.input as Output;
    const key = DestinationKeyId ?? KeyId;
    if (typeof blob !== 'string' || !telling.test(blob) || typeof key !== 'string') return;
    const id = bareKeyId(key);
    const isClear = !this.#keys.has(blob) || this.#keys.get(blob) === id;
    this.#keys.set(blob, isClear ? id : undefined);
    if (this.#keys.size > most) this.#keys.delete(this.#keys.keys().next().value as string);
  }

  /** The same request, with the key that it leaves to its ciphertext: as was seen before, or as its answer shows. */
  named<R extends Request | HistoryEvent>(request: R): R {
    const member = toldByCiphertext[request.op];
    if (member === undefined) return request;
    const input = request.input as Output;
    if (given(input[member])) return request;
    const shown = 'ok' in request ? withBareKeys(request.ok as Output)[member] : undefined;
    const key = this.#keys.get(String(input['CiphertextBlob'])) ?? shown;
    return key === undefined ? request : { ...request, input: { ...input, [member]: key } };
  }
}
