import { describe, expect, it } from 'vitest';
import { certificate, cloudHsmStore } from '../../src/machine/alphabet.ts';
import type { HistoryEvent } from '../../src/oracle/history.ts';
import { Oracle } from '../../src/oracle/oracle.ts';
import type { OracleOptions } from '../../src/oracle/oracle-options.ts';

const names = ['one', 'two', 'three'];
const clusters = ['a', 'b', 'c'].map((letter) => `cluster-${letter.repeat(11)}`);
const creations = names.map(
  (name, place): HistoryEvent => ({
    op: 'CreateCustomKeyStore',
    input: cloudHsmStore(name, clusters[place] as string),
    ok: { CustomKeyStoreId: `cks-${place}` },
  }),
);

/** A page that shows these stores, by their places; the marker that it was asked with, and the one that it gives. */
const page = (places: readonly number[], Marker?: string, NextMarker?: string): HistoryEvent => ({
  op: 'DescribeCustomKeyStores',
  input: { Limit: 2, ...(Marker && { Marker }) },
  ok: {
    CustomKeyStores: places.map((place) => ({
      CustomKeyStoreId: `cks-${place}`,
      CustomKeyStoreName: names[place],
      CustomKeyStoreType: 'AWS_CLOUDHSM',
      CloudHsmClusterId: clusters[place],
      TrustAnchorCertificate: certificate,
      ConnectionState: 'DISCONNECTED',
      CreationDate: 1,
    })),
    Truncated: NextMarker !== undefined,
    ...(NextMarker && { NextMarker }),
  },
});
const renaming: HistoryEvent = {
  op: 'UpdateCustomKeyStore',
  input: { CustomKeyStoreId: 'cks-0', NewCustomKeyStoreName: 'one' },
  ok: {},
};

describe('the pages of a list', () => {
  it.each<[string, readonly HistoryEvent[], string?]>([
    ['each store once', [page([0, 1], undefined, 'm'), page([2], 'm')]],
    ['fewer than there might be on a page', [page([0], undefined, 'm'), page([], 'm', 'n'), page([1, 2], 'n')]],
    ['the same page twice', [page([0, 1], undefined, 'm'), page([2], 'm'), page([2], 'm')]],
    [
      'two lists at once, under the same marker',
      [page([0, 1], undefined, 'm'), page([0], undefined, 'm'), page([1, 2], 'm')],
    ],
    ['a list that nobody read to its end', [page([0], undefined, 'm'), page([1, 2], 'm', 'n')]],
    ['an old marker, after something has changed', [page([0, 1], undefined, 'm'), renaming, page([0, 2], 'm')]],
    ['a marker that was not seen', [page([0, 1], 'x')]],
    ['a store on two pages', [page([0, 1], undefined, 'm'), page([1, 2], 'm')], 'on two pages'],
    [
      'a store on the first page and on the third',
      [page([0], undefined, 'm'), page([1], 'm', 'n'), page([0, 2], 'n')],
      'on two pages',
    ],
    ['a store on no page', [page([0], undefined, 'm'), page([2], 'm')], 'on no page'],
  ])('%s', (_, pages, wrong) => {
    const oracle = afterCreations();
    const last = pages.map((event) => oracle.observe(event)).at(-1);

    expect(last?.verdict).toBe(wrong === undefined ? 'conforms' : 'violates');
    expect(last?.violation?.mismatches.map(({ observed }) => observed) ?? []).toEqual(
      wrong === undefined ? [] : [wrong],
    );
  });

  it('may be of different times under eventual consistency', () => {
    const oracle = afterCreations({ consistency: 'eventual' });
    oracle.observe(page([0, 1], undefined, 'm'));

    expect(oracle.observe(page([1, 2], 'm')).verdict).toBe('conforms');
  });

  it('begin anew after a violation, since nobody knows what it has changed', () => {
    const oracle = afterCreations();
    oracle.observe(page([0, 1], undefined, 'm'));
    oracle.observe(page([1], 'm'));

    expect(oracle.observe(page([1, 2], 'm')).verdict).toBe('conforms');
  });

  it('are known to a fork as well', () => {
    const oracle = afterCreations();
    oracle.observe(page([0, 1], undefined, 'm'));

    expect(oracle.fork().observe(page([1, 2], 'm')).verdict).toBe('violates');
  });
});

// Helpers

function afterCreations(options: OracleOptions = {}): Oracle {
  const oracle = new Oracle(options);
  for (const creation of creations) oracle.observe(creation);
  return oracle;
}
