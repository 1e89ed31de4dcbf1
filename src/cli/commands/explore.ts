import { isColliding } from '../../machine/alphabet.ts';
import { alphabetOf } from '../../machine/explore.ts';
import { completed } from '../../machine/types.ts';
import { verify } from '../../machine/verify.ts';
import { editions } from '../../spec/vocabulary.ts';
import { integer, oneOf, parseAnswers } from '../options.ts';
import { print, printJson } from '../output.ts';

interface Options {
  readonly edition: string;
  readonly answer: readonly string[];
  readonly stores: string;
  readonly json?: true;
}

/** Explores the machine completely, and decides every property. */
export function run({ edition, answer, stores: number, json }: Options): number {
  const stores = integer('--stores', number, 1, 2);
  const reading = completed({ edition: oneOf('edition', edition, editions), answers: parseAnswers(answer) });
  const found = verify(
    stores === 1
      ? { reading, stores, codes: ['INTERNAL_ERROR', 'INVALID_CREDENTIALS'] }
      : {
          reading,
          stores,
          codes: ['INTERNAL_ERROR'],
          requests: (account) => alphabetOf(account, stores).filter(isColliding),
        },
  );
  // What takes two stores to happen is not expected of one.
  const expected = found.findings.filter(({ property }) => stores === 2 || property.holds !== 'sometimes');
  const broken = expected.filter(({ holds }) => !holds);
  if (json) {
    const findings = found.findings.map(({ id, property, holds, instances }) => ({
      id,
      says: property.says,
      kind: property.holds,
      holds,
      instances,
    }));
    printJson({ edition, stores, states: found.states, transitions: found.transitions, findings });
  } else {
    print(
      `${found.states} states, ${found.transitions} transitions: ${stores} store(s), at most one key each, edition ${edition}\n`,
    );
    for (const { property, holds, instances } of found.findings) {
      print(`  ${holds ? 'holds' : 'FAILS'}  ${property.holds.padEnd(9)} ${property.says} (${instances})`);
    }
  }
  return broken.length === 0 ? 0 : 1;
}
