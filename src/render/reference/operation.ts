import { allowed, fieldsIn, type Wish } from '../../machine/allowed.ts';
import { catalogue, type RuleId } from '../../spec/catalogue.ts';
import { accepting, fieldsOf } from '../../spec/eligibility.ts';
import { errors } from '../../spec/errors.ts';
import { keyStateTable, reasonsOf, usesKey } from '../../spec/key-state.ts';
import { requestRules } from '../../spec/rules/request.ts';
import { shapeOf } from '../../spec/shapes.ts';
import {
  connectionStates,
  type Edition,
  editions,
  type Operation,
  storeOperations,
  storeTypes,
  visibleKeyStates,
} from '../../spec/vocabulary.ts';
import { code, list, page, table } from '../markdown.ts';
import { below, errorText, toError, toRule } from './links.ts';
import { memberRows } from './members.ts';
import { shownOfStores } from './shown.ts';
import { cellIn } from './states.ts';

export function operation(op: Operation): string {
  const { says, input, output, errors: listed, alsoNeeds = [] } = shapeOf(op);
  const own = catalogue[op].filter(({ id }) => !isCommon(id) && concerns(id, op));
  const common = catalogue[op].filter(({ id }) => isCommon(id));
  return page(
    op,
    says,
    `Permissions: ${[`kms:${op}`, ...alsoNeeds].map(code).join(', ')}`,
    ...outcomes(op),
    '## Members',
    table(
      ['Member', 'Constraint', 'Required', 'For', 'Meaning'],
      Object.entries(input).flatMap(([name, member]) => memberRows(name, member)),
    ),
    output.length === 0 ? 'The answer is an empty JSON object.' : `The answer has ${output.map(code).join(', ')}.`,
    ...(op === 'DescribeCustomKeyStores' ? shownOfStores() : []),
    '## Rules',
    'Each sentence says what is so when the rule refuses nothing.',
    ...(own.length === 0
      ? []
      : [
          table(
            ['Rule', 'Meaning', 'Otherwise'],
            own.map(({ id, rule }) => [toRule(id), rule.says, errorText(rule.error)]),
          ),
        ]),
    `Like every operation: ${common.map(({ id }) => toRule(id)).join(', ')}.`,
    '## Errors that the service model lists',
    list(listed.map((name) => `${toError(name)}: ${errors[name].says}`)),
  ).replaceAll(/^(?!<!--).+$/gm, below);
}

const isCommon = (id: RuleId): boolean => Object.hasOwn(requestRules, id);

/** Rules that only some operations on keys can break, though they share one list: what has to be so for it to matter. */
const sharedRules: Readonly<Partial<Record<RuleId, (op: Operation) => boolean>>> = {
  'key/disabled': (op) => outcomesOfKeys(op).includes('disabled'),
  'key/pending-deletion': (op) => outcomesOfKeys(op).includes('pending deletion'),
  'key/pending-deletion-is-disabled': usesKey,
  'key/not-pending-deletion': (op) => outcomesOfKeys(op).includes('not pending deletion'),
  'key/unavailable': (op) => outcomesOfKeys(op).includes('unavailable'),
  'key/unsupported': (op) => outcomesOfKeys(op).includes('unsupported'),
  'key/window-out-of-range': (op) => op === 'ScheduleKeyDeletion',
  'key/ciphertext': (op) => ['Decrypt', 'ReEncrypt'].includes(op),
  'key/pair-unavailable': (op) => op.startsWith('GenerateDataKeyPair'),
  'key/data-key-unsupported': (op) => op.startsWith('GenerateDataKey'),
  'arguments/incomplete': (op) => op !== 'Encrypt',
  'arguments/algorithm': (op) => !op.startsWith('Generate'),
  'arguments/other-key': (op) => op === 'ReEncrypt',
};

const concerns = (id: RuleId, op: Operation): boolean => sharedRules[id]?.(op) ?? true;

const outcomesOfKeys = (op: Operation): readonly string[] =>
  hasKeyStates(op) ? Object.values(keyStateTable[op]).flatMap((outcome): readonly string[] => reasonsOf[outcome]) : [];

const hasKeyStates = (op: Operation): op is keyof typeof keyStateTable => Object.hasOwn(keyStateTable, op);

function outcomes(op: Operation): readonly string[] {
  if (op === 'UpdateCustomKeyStore') return updatesPerState();
  if (hasKeyStates(op)) return perKeyState(op);
  return (storeOperations as readonly string[]).includes(op) || Object.hasOwn(accepting, op) ? perState(op) : [];
}

/** What may come of the operation in each state, when nothing else is wrong. */
function perState(op: Operation): readonly string[] {
  if (op === 'CreateCustomKeyStore') {
    return ['## Outcomes', 'A store begins here, so no state stands in the way. The new store is DISCONNECTED.'];
  }
  const rows = (edition: Edition) =>
    connectionStates.map((state) => [
      code(state),
      ...storeTypes.map((type) => outcomesIn({ type, state, operation: op, edition, answers: {} })),
    ]);
  const [first = '2022-11', ...later] = editions;
  const isSame = later.every((edition) => JSON.stringify(rows(edition)) === JSON.stringify(rows(first)));
  return [
    '## Outcomes',
    `What may come of it in each connection state of the store, when nothing else is wrong and the store holds no keys (${isSame ? 'in every edition' : `edition ${first}`}):`,
    table(['State', ...storeTypes.map(code)], rows(first)),
  ];
}

/** What the state of the key makes of it. */
function perKeyState(op: keyof typeof keyStateTable): readonly string[] {
  return [
    '## Outcomes',
    'What the state of the key makes of it, when nothing else is wrong. A key is Unavailable while its store is not CONNECTED, unless it is pending deletion.',
    table(
      ['State of the key', 'Outcome'],
      visibleKeyStates.map((state) => {
        const outcome = keyStateTable[op][state];
        return [code(state), outcome === 'ok' ? 'success' : `refused: ${outcome}`];
      }),
    ),
  ];
}

/** What may come of the change of one member in each state, when nothing else is wrong. */
function updatesPerState(): readonly string[] {
  return [
    '## Outcomes',
    'May this member change its property in this connection state, when nothing else is wrong and what it needs comes with it? Edition 2022-11; [Eligibility](eligibility.md) has the others, and explains the words.',
    ...storeTypes.flatMap((type) => [
      `${code(type)}:`,
      table(
        ['Member', ...connectionStates],
        fieldsOf(type)
          .filter((field) => fieldsIn('2022-11').includes(field))
          .map((field) => [code(field), ...connectionStates.map((state) => cellIn(type, field, state, '2022-11'))]),
      ),
    ]),
    'A request with several members is refused if one of them is: see [UPDATE_MIXED_HOT_COLD](questions.md#update_mixed_hot_cold).',
  ];
}

const outcomesIn = (wish: Wish): string =>
  allowed(wish)
    .map(({ ok, error }) => (ok ? 'success' : code(error ?? '')))
    .join(' or ');
