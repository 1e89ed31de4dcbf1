import { any, type Condition, not } from '../condition.ts';
import { given } from '../properties.ts';
import type { RulesOf, Situation } from '../rule.ts';
import { sameText } from './uniqueness.ts';

export const describeRules = {
  'describe/no-such-store': {
    says: 'A store of the account and Region has the ID or the name that is asked for.',
    error: 'CustomKeyStoreNotFoundException',
    sources: [{ page: 'API:DescribeCustomKeyStores', says: 'no store has that ID or name' }],
    rejects: (situation) => {
      const { input, account } = situation;
      if (given(input.CustomKeyStoreId)) return !account.stores.some(({ id }) => id === input.CustomKeyStoreId);
      return given(input.CustomKeyStoreName) && not(someMatch(situation));
    },
  },
  'describe/two-filters': {
    says: 'ID and name are not given together.',
    error: { answerTo: 'DESCRIBE_BOTH_FILTERS' },
    sources: [{ page: 'API:DescribeCustomKeyStores', says: 'one of the two, not both' }],
    rejects: ({ input }) => given(input.CustomKeyStoreId) && given(input.CustomKeyStoreName),
  },
  'describe/filters-disagree': {
    says: 'ID and name, if both are given, are those of one store.',
    error: ['CustomKeyStoreNotFoundException', 'ValidationException', 'UnsupportedOperationException'],
    sources: [{ page: 'API:DescribeCustomKeyStores', says: 'one of the two, not both' }],
    rejects: (situation) => {
      const { CustomKeyStoreId, CustomKeyStoreName } = situation.input;
      return given(CustomKeyStoreId) && given(CustomKeyStoreName) && not(someMatch(situation));
    },
  },
  'describe/invalid-marker': {
    says: 'The marker is the one that the answer before gave.',
    error: 'InvalidMarkerException',
    sources: [{ page: 'API:DescribeCustomKeyStores', says: 'the marker is not valid' }],
    rejects: ({ input, holds }) => given(input.Marker) && not(holds('marker.valid', String(input.Marker))),
  },
} as const satisfies RulesOf<'DescribeCustomKeyStores'>;

/** Is there a store with the name that is asked for, and with the ID, if one is? */
function someMatch(situation: Situation<'DescribeCustomKeyStores'>): Condition {
  const { account, input } = situation;
  const { CustomKeyStoreId: wanted, CustomKeyStoreName: name } = input;
  return any(
    ...account.stores
      .filter(({ id }) => !given(wanted) || id === wanted)
      .map((store) => sameText(situation, store, 'CustomKeyStoreName', name, 'NAME_CASE')),
  );
}
