export { hiddenOutcomesOf, type Outcome, outcomesOf } from './machine/account.ts';
export { type AllowedOutcome, allowed, type Wish } from './machine/allowed.ts';
export { customKeyStoreMachine } from './machine/custom-key-store.machine.ts';
export { explore } from './machine/explore.ts';
export { verify } from './machine/verify.ts';
export type { Coverage } from './oracle/coverage.ts';
export type { HistoryEvent } from './oracle/history.ts';
export {
  createOracle,
  type Inconsistency,
  type Observation,
  type Oracle,
  type OracleOptions,
} from './oracle/oracle.ts';
export type { AllowedNow, Violation } from './oracle/violation.ts';
export { explorerLink, explorerPage } from './render/explorer-page.ts';
export type { ExplorerState } from './render/explorer-state.ts';
export { historyOfTrace, traceOf } from './render/itf.ts';
export { ruleIds, rules } from './spec/catalogue.ts';
export { healthyWorld, unknownWorld, type World } from './spec/facts.ts';
export type { Request } from './spec/inputs.ts';
export { type Account, emptyAccount, type Store } from './spec/model.ts';
export { questionIds, questions } from './spec/questions.ts';
export { type Known, known, type Reading } from './spec/reading.ts';
export { drive, type Implementation } from './suite/drive.ts';
export { withoutSecrets } from './suite/masked.ts';
export { Replay } from './suite/replay.ts';
