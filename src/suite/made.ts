/** What an answer gave that later requests name: a store, a key, the next page of a list, or what a key has encrypted. */
export interface Made {
  readonly kind: 'store' | 'key' | 'page' | 'ciphertext';
  readonly id: string;
  /** The members of the answer that lead to it. */
  readonly path: readonly string[];
}

const paths: Readonly<Record<string, Pick<Made, 'kind' | 'path'>>> = {
  CreateCustomKeyStore: { kind: 'store', path: ['CustomKeyStoreId'] },
  CreateKey: { kind: 'key', path: ['KeyMetadata', 'KeyId'] },
  Encrypt: { kind: 'ciphertext', path: ['CiphertextBlob'] },
  DescribeCustomKeyStores: { kind: 'page', path: ['NextMarker'] },
};

/** The member of a request that names what is not found by its ID: any text may be a marker. */
export const namedIn: Readonly<Partial<Record<Made['kind'], string>>> = {
  page: 'Marker',
  ciphertext: 'CiphertextBlob',
};

/** What the answer to a request gave, if it did. */
export function madeBy(op: string, answer: unknown): Made | undefined {
  const made = Object.hasOwn(paths, op) ? paths[op] : undefined;
  let id = answer;
  for (const member of made?.path ?? []) id = (id as Readonly<Record<string, unknown>> | null | undefined)?.[member];
  return made !== undefined && typeof id === 'string' ? { ...made, id } : undefined;
}
