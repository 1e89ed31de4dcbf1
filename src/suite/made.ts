/** What an answer gave that later requests name: a store, a key, or the next page of a list. */
export interface Made {
  readonly kind: 'store' | 'key' | 'page';
  readonly id: string;
  /** The members of the answer that lead to it. */
  readonly path: readonly string[];
}

const paths: Readonly<Record<string, Pick<Made, 'kind' | 'path'>>> = {
  CreateCustomKeyStore: { kind: 'store', path: ['CustomKeyStoreId'] },
  CreateKey: { kind: 'key', path: ['KeyMetadata', 'KeyId'] },
  DescribeCustomKeyStores: { kind: 'page', path: ['NextMarker'] },
};

/** What the answer to a request gave, if it did. */
export function madeBy(op: string, answer: unknown): Made | undefined {
  const made = Object.hasOwn(paths, op) ? paths[op] : undefined;
  let id = answer;
  for (const member of made?.path ?? []) id = (id as Readonly<Record<string, unknown>> | null | undefined)?.[member];
  return made !== undefined && typeof id === 'string' ? { ...made, id } : undefined;
}
