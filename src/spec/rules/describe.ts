import { any, type Condition, not } from '../condition.ts';
import { given } from '../properties.ts';
import type { RulesOf, Situation } from '../rule.ts';
import { sameText } from './uniqueness.ts';

export const describeRules = {
  'describe/no-such-store': {
    says: 'A store of the account and Region has the ID or the name that is asked for.',
    error: 'CustomKeyStoreNotFoundException',
    sources: [{ page: 'SDK', says: 'no store has that ID or name' }],
    rejects: (situation) => {
      const { input, account } = situation;
      if (given(input.CustomKeyStoreId)) return !account.stores.some(({ id }) => id === input.CustomKeyStoreId);
      return given(input.CustomKeyStoreName) && not(someNamed(situation));
    },
  },
  'describe/two-filters': {
    says: 'ID and name are not given together.',
    error: { answerTo: 'DESCRIBE_BOTH_FILTERS' },
    sources: [{ page: 'SDK', says: 'one of the two, not both' }],
    rejects: ({ input }) => given(input.CustomKeyStoreId) && given(input.CustomKeyStoreName),
  },
  'describe/invalid-marker': {
    says: 'The marker is the one that the answer before gave.',
    error: 'InvalidMarkerException',
    sources: [{ page: 'SDK', says: 'the marker is not valid' }],
    rejects: ({ input, holds }) => given(input.Marker) && not(holds('marker.valid', String(input.Marker))),
  },
} as const satisfies RulesOf<'DescribeCustomKeyStores'>;

function someNamed(situation: Situation<'DescribeCustomKeyStores'>): Condition {
  const { account, input } = situation;
  return any(
    ...account.stores.map((store) =>
      sameText(situation, store, 'CustomKeyStoreName', input.CustomKeyStoreName, 'NAME_CASE'),
    ),
  );
}
