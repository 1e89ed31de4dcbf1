import { catalogue } from '../spec/catalogue.ts';
import type { Request } from '../spec/inputs.ts';
import { type Operation, operations } from '../spec/vocabulary.ts';
import { errorNamesOf } from './nearest.ts';

/** The errors of each operation that it gives for a store that is not there, and for nothing else. */
const errorsOfAbsence: ReadonlyMap<Operation, ReadonlySet<string>> = new Map(
  operations.map((op) => {
    const named = (ofAbsence: boolean) =>
      catalogue[op].flatMap(({ id, rule }) => ((id === 'store/not-found') === ofAbsence ? errorNamesOf(rule) : []));
    const others = new Set(named(false));
    return [op, new Set(named(true).filter((error) => !others.has(error)))];
  }),
);

/** Does the answer tell that the store is not there? Then nothing that it may be has to be looked at. */
export const tellsAbsence = (event: Request): boolean =>
  'error' in event && errorsOfAbsence.get(event.op)?.has(String(event.error)) === true;
