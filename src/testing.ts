// Everything for tests that needs no test framework.
export type { HistoryEvent, ObservedOutcome } from './oracle/history.ts';
export type { Request } from './spec/inputs.ts';
export * from './suite/kit/arbitraries.ts';
export {
  type CommandModel,
  type CommandReal,
  commandModel,
  RequestCommand,
  requestCommands,
} from './suite/kit/commands.ts';
export {
  type ConformanceOptions,
  type ConformanceResult,
  type ConformanceTest,
  checkConformance,
  conformanceTests,
} from './suite/kit/conformance.ts';
export { ConformanceError, NotReached, type Send } from './suite/kit/run-scenario.ts';
