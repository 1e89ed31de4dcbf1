import { requirementsFor } from '../oracle/explain.ts';
import type { Violation } from '../oracle/violation.ts';
import { mismatchText } from '../render/outcome-text.ts';
import { ruleIds } from '../spec/catalogue.ts';
import type { Reading } from '../spec/reading.ts';
import { requirements } from '../spec/requirements.ts';
import { frozen } from './eligible.ts';
import { Cited, RuleText } from './parts.tsx';
import './broken.css';

interface Props {
  readonly violation: Violation;
  readonly observed: string;
  readonly reading: Reading;
  /** The documents allow such an answer, but not with this content. */
  readonly same: boolean;
}

/** What is wrong with an answer: the rules that it breaks, or the members that are not as they may be, with sources. */
export function Broken({ violation, observed, reading, same }: Props) {
  const { event, rules, allowed, nearest, mismatches, stores } = violation;
  const behind = rules.length > 0 ? rules : ruleIds.filter((id) => allowed.some((each) => each.rules.includes(id)));
  const fields =
    'ok' in event ? stores.flatMap((store) => frozen(store, store.connectionState, event.input, reading)) : [];
  return (
    <div class="broken">
      <p>
        <strong>
          {same
            ? `The documents allow ${observed} here, but not with this content.`
            : `The documents do not allow ${observed} here.`}
        </strong>
      </p>
      <ul class="lines">
        {[
          ...new Set([
            ...statesOf(violation),
            ...fields,
            ...mismatches.map((each) => `Expected: ${mismatchText(each)}.`),
          ]),
        ].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {behind.slice(0, 8).map((id) => {
        const { inStates = [] } = nearest.find(({ rule }) => rule === id) ?? {};
        return (
          <RuleText key={id} id={id}>
            {nearest.length > 0 && ' This rule has the error, and is kept here.'}
            {inStates.length > 0 && ` It would refuse if the store were ${inStates.join(' or ')}.`}
          </RuleText>
        );
      })}
      {requirementsFor(mismatches, event.op).map((id) => {
        const row = requirements[id];
        return (
          row && (
            <ul key={id} class="sources">
              <Cited source={row} />
            </ul>
          )
        );
      })}
    </div>
  );
}

/** What the stores that it is about may have been just before. */
function statesOf({ stores }: Violation): readonly string[] {
  const ids = [...new Set(stores.map(({ id }) => id))];
  return ids.map((id) => {
    const states = new Set(stores.filter((store) => store.id === id).map((store) => store.connectionState));
    return `Just before, ${id} was ${[...states].join(' or ')}.`;
  });
}
