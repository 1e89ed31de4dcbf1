import { describe, expect, it } from 'vitest';
import { isColliding } from '../../src/machine/alphabet.ts';
import { alphabetOf } from '../../src/machine/explore.ts';
import { completed } from '../../src/machine/types.ts';
import { verify } from '../../src/machine/verify.ts';
import { reference } from '../../src/render/reference.ts';
import { askedIn } from '../asked-in.ts';

const reading = completed({ edition: '2022-11', answers: {} });
const verified = [
  ['One store, at most one key', verify({ reading, stores: 1, codes: ['INTERNAL_ERROR', 'INVALID_CREDENTIALS'] })],
  [
    'Two stores, at most one key each',
    verify({
      reading,
      stores: 2,
      codes: ['INTERNAL_ERROR'],
      requests: (account) => alphabetOf(account, 2).filter(isColliding),
    }),
  ],
] as const;

describe('docs/reference', () => {
  it.each(Object.entries(reference(verified, askedIn)))('%s is as the source has it', async (path, text) => {
    await expect(text).toMatchFileSnapshot(`../../docs/reference/${path}`);
  });

  it('rests on this many states and transitions', () => {
    const counts = verified.map(([, { states, transitions }]) => [states, transitions]);

    expect(counts).toEqual([
      [3097, 98548],
      [19393, 475590],
    ]);
  });

  it('lists a property that fails only where one store is too few for it', () => {
    const failing = verified.map(([, { findings }]) => findings.filter(({ holds }) => !holds).map(({ id }) => id));

    expect(failing).toEqual([['public-endpoints-shared', 'two-stores'].sort(), []]);
  });
});
