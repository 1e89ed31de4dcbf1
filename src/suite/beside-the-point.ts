import type { ObservedOutcome } from '../oracle/history.ts';
import { bareErrorName, isErrorName } from '../spec/errors.ts';
import { statusOf } from '../spec/status.ts';

// Answers that say nothing of what was asked for.

/** Was the request sent too early, so that it has to be sent again? */
export const isThrottled = (outcome: ObservedOutcome): boolean =>
  'error' in outcome &&
  /^(Throttling|ThrottlingException|RequestLimitExceeded|TooManyRequestsException)$/.test(bareErrorName(outcome.error));

const unimplemented =
  /^(UnknownOperation(Exception)?|NotImplemented(Error|Exception)?|InvalidAction|UnimplementedOperation(Exception)?|ActionNotFound)$/;

/** Has the service failed inside? An error of a client is none, whatever status it comes with. */
export const isInternal = (outcome: ObservedOutcome): boolean =>
  'error' in outcome && (outcome.status ?? 0) >= 500 && (statusOf(bareErrorName(outcome.error)) ?? 500) >= 500;

/** Does the answer say that there is no such operation? */
export function isMissing(outcome: ObservedOutcome): boolean {
  if (!('error' in outcome)) return false;
  const name = bareErrorName(outcome.error);
  return unimplemented.test(name) || ([501, 404, 405].includes(outcome.status ?? 0) && !isErrorName(name));
}
