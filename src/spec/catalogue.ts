import type { Rule } from './rule.ts';
import { argumentRules, createKeyArgumentRules, keyQuotaRules } from './rules/arguments.ts';
import { changedClusterRules, clusterRules, givenClusterRules, newClusterRules } from './rules/cluster.ts';
import { connectRules } from './rules/connect.ts';
import { createRules } from './rules/create.ts';
import { createKeyFaultRules, createKeyRules, generateRandomRules } from './rules/create-key.ts';
import { deleteRules } from './rules/delete.ts';
import { describeRules } from './rules/describe.ts';
import { disconnectRules } from './rules/disconnect.ts';
import { endpointServiceRules } from './rules/endpoint-service.ts';
import { cryptographicFaultRules, cryptographicRules, keyRequestRules, keyStateRules } from './rules/key.ts';
import { proxyCheckRules } from './rules/proxy.ts';
import { namedStoreRules, requestRules } from './rules/request.ts';
import { textFormRules } from './rules/text-form.ts';
import { uniquenessRules } from './rules/uniqueness.ts';
import { updateMemberRules, updateStateRules } from './rules/update.ts';
import { cryptographicOperations, keyOperations, type Operation, operations } from './vocabulary.ts';

const onStore = { ...requestRules, ...namedStoreRules };
const onKey = { ...requestRules, ...keyRequestRules, ...keyStateRules };
const usingKey = { ...onKey, ...cryptographicRules, ...cryptographicFaultRules, ...argumentRules };

/** Which rules each operation keeps. A rule that several operations keep stands in each of them. */
const rulesOfOperation = {
  CreateCustomKeyStore: {
    ...requestRules,
    ...createRules,
    ...textFormRules,
    ...uniquenessRules,
    ...clusterRules,
    ...givenClusterRules,
    ...newClusterRules,
    ...endpointServiceRules,
    ...proxyCheckRules,
  },
  ConnectCustomKeyStore: { ...onStore, ...connectRules, ...clusterRules },
  DisconnectCustomKeyStore: { ...onStore, ...disconnectRules },
  UpdateCustomKeyStore: {
    ...onStore,
    ...updateStateRules,
    ...updateMemberRules,
    ...textFormRules,
    ...uniquenessRules,
    ...clusterRules,
    ...givenClusterRules,
    ...changedClusterRules,
    ...endpointServiceRules,
    ...proxyCheckRules,
  },
  DeleteCustomKeyStore: { ...onStore, ...deleteRules },
  DescribeCustomKeyStores: { ...requestRules, ...describeRules },
  CreateKey: {
    ...onStore,
    ...createKeyRules,
    ...createKeyFaultRules,
    'cluster/not-configured': clusterRules['cluster/not-configured'],
    ...createKeyArgumentRules,
    ...keyQuotaRules,
  },
  GenerateRandom: {
    ...onStore,
    ...generateRandomRules,
    'arguments/incomplete': argumentRules['arguments/incomplete'],
  },
  EnableKey: { ...onKey, ...keyQuotaRules },
};

type RuleSet = (typeof rulesOfOperation)[keyof typeof rulesOfOperation] | typeof usingKey;
type KeysOfAny<T> = T extends unknown ? keyof T : never;

/** The stable id of a rule. */
export type RuleId = Extract<KeysOfAny<RuleSet>, string>;

/** A rule with its id. */
export interface Named {
  readonly id: RuleId;
  readonly rule: Rule;
}

/** Every rule of every operation, in the order in which they are written. */
export const catalogue: Readonly<Record<Operation, readonly Named[]>> = Object.fromEntries(
  operations.map((op) => [op, listed(rulesFor(op))]),
) as Record<Operation, readonly Named[]>;

/** Every rule, once. */
export const rules: Readonly<Record<RuleId, Rule>> = Object.fromEntries(
  operations.flatMap((op) => catalogue[op].map(({ id, rule }) => [id, rule])),
) as Record<RuleId, Rule>;

export const ruleIds = Object.keys(rules) as readonly RuleId[];

/** The operations that keep a rule. */
export const operationsOf = (id: RuleId): readonly Operation[] =>
  operations.filter((op) => catalogue[op].some((named) => named.id === id));

function rulesFor(op: Operation): object {
  if (Object.hasOwn(rulesOfOperation, op)) return rulesOfOperation[op as keyof typeof rulesOfOperation];
  const uses = (cryptographicOperations as readonly string[]).includes(op);
  return uses || !(keyOperations as readonly string[]).includes(op) ? usingKey : onKey;
}

function listed(ruleSet: object): readonly Named[] {
  return Object.entries(ruleSet as Readonly<Record<RuleId, Rule>>).map(([id, rule]) => ({ id: id as RuleId, rule }));
}
