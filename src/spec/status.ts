import { all, any, type Condition } from './condition.ts';
import { modelledErrors } from './errors.ts';
import type { Known } from './reading.ts';

/** The HTTP status of every success. */
export const statusOfSuccess = 200;

/**
 * May the error come with this HTTP status? The service model gives each of its errors one; some pages call errors of
 * clients 400 whatever the model says. Of errors outside the model nothing is known for sure.
 */
export function fitsStatus(error: string, status: number, { answered }: Known): Condition {
  const modelled = statusOf(error);
  if (modelled === undefined || modelled >= 500) return true;
  return any(
    all(status === modelled, modelled === 400 || answered('HTTP_STATUS', 'MODEL_STATUS')),
    all(status === 400 && modelled !== 400, answered('HTTP_STATUS', 'HTTP_400')),
  );
}

/** The status that the service model gives an error. */
export const statusOf = (error: string): number | undefined =>
  Object.hasOwn(modelledErrors, error) ? modelledErrors[error as keyof typeof modelledErrors].status : undefined;
