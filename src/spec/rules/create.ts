import { isPrivate } from '../candidate.ts';
import { all, any, type Condition, not } from '../condition.ts';
import { given, propertiesOfNew, typeOfNew } from '../properties.ts';
import type { RulesOf, Situation } from '../rule.ts';
import type { Member } from '../shape.ts';
import { shapes } from '../shapes.ts';
import { repeatOf, returnsExisting } from './repeat.ts';

type Create = Situation<'CreateCustomKeyStore'>;

/** The members of CreateCustomKeyStore, with what the shapes say of each. */
const members = Object.entries(shapes.CreateCustomKeyStore.input) as readonly (readonly [string, Member])[];

export const createRules = {
  'create/too-long': {
    says: 'No member is longer than the service model allows.',
    error: ['LimitExceededException', 'ValidationException'],
    sources: [{ page: 'API:CreateCustomKeyStore', says: 'the exception speaks of quotas and of lengths' }],
    rejects: ({ malformations }) => malformations.some(({ problem }) => problem === 'long'),
  },
  'create/member-missing': {
    says: 'The members that the type of the store needs are there.',
    error: { answerTo: 'CREATE_MISSING_PARAMETER' },
    sources: [
      { page: 'API:CreateCustomKeyStore', says: 'says of each member for which type it is required' },
      { page: 'MODEL', says: 'requires only the name' },
    ],
    rejects: ({ input }) => members.some(([name, member]) => isNeeded(input, member) && !isGiven(input, name)),
  },
  'create/foreign-member': {
    says: 'Every member is one of the type of the store, and of its connectivity.',
    error: { answerTo: 'CREATE_FOREIGN_PARAMETER' },
    sources: [{ page: 'API:CreateCustomKeyStore', says: 'says of each member for which type it is' }],
    rejects: ({ input }) => members.some(([name, member]) => isGiven(input, name) && isForeign(input, member, name)),
  },
  'create/quota': {
    says: 'The account holds fewer than ten custom key stores in the Region, whatever their types and states.',
    error: 'LimitExceededException',
    sources: [{ page: 'G:resource-limits', says: 'ten stores for each account and Region; the quota can be raised' }],
    rejects: (situation) => all(isFull(situation), not(repeatsAtQuota(situation))),
  },
} as const satisfies RulesOf<'CreateCustomKeyStore'>;

/** How many custom key stores an account may hold in a Region, unless AWS raised its quota. */
export const storeQuota = 10;

/** A world may declare the quota; where it does not, it is ten unless AWS raised it. */
function isFull({ account, answered, holds }: Create): Condition {
  const held = account.stores.length + (account.others ?? 0);
  const free = holds('quota.free', String(held));
  const byThese = typeof free === 'boolean' ? !free : held >= storeQuota && answered('QUOTA_VALUE', 'LIMIT_10');
  return any(byThese, account.mayHoldMore === true && not(holds('quota.free', null)));
}

function repeatsAtQuota(situation: Create): Condition {
  const repeat = repeatOf(situation);
  if (repeat === undefined) return false;
  return all(
    returnsExisting(situation, repeat),
    situation.answered('CREATE_AT_QUOTA_WITH_DUPLICATE', 'RETURN_EXISTING_ID'),
  );
}

const isGiven = (input: Create['input'], name: string): boolean =>
  given((input as Readonly<Record<string, unknown>>)[name]);

function isNeeded(input: Create['input'], { requiredByText }: Member): boolean {
  if (requiredByText === typeOfNew(input)) return true;
  return requiredByText === 'VPC_ENDPOINT_SERVICE' && wantsPrivate(input);
}

function isForeign(input: Create['input'], { storeType }: Member, name: string): boolean {
  if (storeType !== undefined && storeType !== typeOfNew(input)) return true;
  return name.startsWith('XksProxyVpcEndpointService') && !wantsPrivate(input);
}

const wantsPrivate = (input: Create['input']): boolean =>
  typeOfNew(input) === 'EXTERNAL_KEY_STORE' && isPrivate(propertiesOfNew(input, '2026-04'));
