import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { membersOf } from '../../src/spec/shapes.ts';
import { coreFiles, fullFiles, textOf } from '../../src/suite/vectors/files.ts';
import { readingsOf, runAgainstReference } from '../suite/vector-runs.ts';

const full = [...fullFiles()];

describe('the large suite', () => {
  it.each(full)('%s is what `npm run generate` wrote', (path, file) => {
    expect(readFileSync(`vectors/${path}`, 'utf8') === textOf(file)).toBe(true);
  });

  it('is large, and nothing else is beside it', () => {
    expect(full.reduce((sum, [, { numberOfVectors }]) => sum + numberOfVectors, 0)).toBeGreaterThan(2000);
    expect(readdirSync('vectors/full').sort()).toEqual(full.map(([path]) => path.slice('full/'.length)).sort());
  });
});

describe('a correct implementation', () => {
  // The large suite is passed once with every reading; slow answers and other reasons are for the small one.
  it.each([
    ['small', [...coreFiles()], [{}, { connectAfter: 2 }, { tells: 'last' } as const]],
    ['large', full, [{}]],
  ])('passes the %s suite, however it answers the questions', (_, files, ways) => {
    const failed = files
      .flatMap(([, { vectors }]) => vectors)
      .flatMap((vector) =>
        readingsOf(vector).flatMap((reading) =>
          ways.flatMap((more) => {
            const result = runAgainstReference(vector, reading, more);
            return result.verdict === 'passed' ? [] : [{ id: vector.id, reading, result }];
          }),
        ),
      );

    expect(failed).toEqual([]);
  });
});

describe('a bound of the service model that is one off', () => {
  const shapesOnly = [...coreFiles()]
    .flatMap(([, { vectors }]) => vectors)
    .filter(({ id, steps }) => /^(shape|request)\//.test(id) || JSON.stringify(steps).includes('ServiceOwner'));
  /** Only the pattern decides there, or another error is allowed as well: nobody can be told for them. */
  const equal: readonly RegExp[] = [
    /CloudHsmClusterId (min 19 becomes 18|max 24 becomes 25)/,
    /XksProxyUriPath min/,
    /XksProxyVpcEndpointServiceName min/,
    /XksProxyVpcEndpointServiceOwner (min 12 becomes 11|max 12 becomes 13)/,
    /TrustAnchorCertificate (min 1 becomes 0|max 5000 becomes 5001)/,
  ];

  it.each(['CreateCustomKeyStore', 'UpdateCustomKeyStore'] as const)('fails a vector: %s', (op) => {
    const found = boundsOf(membersOf(op)).flatMap(({ name, member, bound, value }) => {
      const before = member[bound] as number;
      member[bound] = value;
      try {
        const failing = shapesOnly.some((vector) =>
          readingsOf(vector).some((reading) => runAgainstReference(vector, reading).verdict !== 'passed'),
        );
        return [{ name: `${name} ${bound} ${before} becomes ${value}`, failing }];
      } finally {
        member[bound] = before;
      }
    });
    const unfound = found.filter(({ failing }) => !failing).map(({ name }) => name);

    expect(unfound.filter((name) => !equal.some((each) => each.test(name)))).toEqual([]);
    expect(found.length - unfound.length).toBeGreaterThan(15);
  });
});

// Helpers

type Loose = { min?: number; max?: number; members?: Readonly<Record<string, Loose>> };

/** Every bound of a member, moved by one to either side. */
function boundsOf(members: Readonly<Record<string, object>>, path = ''): readonly Off[] {
  return Object.entries(members as Readonly<Record<string, Loose>>)
    .filter(([name]) => name !== 'CustomKeyStoreId') // That of no store is refused in any case.
    .flatMap(([name, member]) => [
      ...(['min', 'max'] as const).flatMap((bound) =>
        [-1, 1].flatMap((by): readonly Off[] => {
          const value = (member[bound] ?? Number.NaN) + by;
          return value >= 0 ? [{ name: path + name, member, bound, value }] : [];
        }),
      ),
      ...boundsOf(member.members ?? {}, `${path}${name}.`),
    ]);
}

interface Off {
  readonly name: string;
  readonly member: Loose;
  readonly bound: 'min' | 'max';
  readonly value: number;
}
