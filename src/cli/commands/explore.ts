import { completed } from '../../machine/types.ts';
import { boundsFor, type Finding, verify } from '../../machine/verify.ts';
import { editions } from '../../spec/vocabulary.ts';
import { counted } from '../../suite/counted.ts';
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
  const stores = integer('--stores', number, 1, 2) as 1 | 2;
  const reading = completed({ edition: oneOf('edition', edition, editions), answers: parseAnswers(answer) });
  const found = verify(boundsFor(reading, stores));
  /** What takes two stores to happen is not expected of one. */
  const isBeyond = ({ property }: Finding) => stores === 1 && property.needs === 'two stores';
  const broken = found.findings.filter((finding) => !finding.holds && !isBeyond(finding));
  if (json) {
    const findings = found.findings.map((finding) => ({
      id: finding.id,
      says: finding.property.says,
      kind: finding.property.holds,
      ...(isBeyond(finding) ? { needs: finding.property.needs } : { holds: finding.holds }),
      instances: finding.instances,
    }));
    printJson({ edition, stores, states: found.states, transitions: found.transitions, findings });
  } else {
    print(
      `${found.states} states, ${found.transitions} transitions: ${counted(stores, 'store')}, at most one key each, edition ${edition}\n`,
    );
    for (const finding of found.findings) {
      const { property, holds, instances } = finding;
      const result = isBeyond(finding) ? 'needs two stores' : holds ? 'holds' : 'FAILS';
      print(`  ${result.padEnd(16)}  ${property.holds.padEnd(9)} ${property.says} (${instances})`);
    }
  }
  return broken.length === 0 ? 0 : 1;
}
