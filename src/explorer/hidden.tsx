import { useState } from 'preact/hooks';
import type { HistoryEvent } from '../oracle/history.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { eventShowing } from './answers.ts';
import { wordsFor } from './edges.ts';
import { hiddenStepsOf } from './happenings.ts';
import { StateBadge } from './parts.tsx';
import type { StoreView } from './possible.ts';
import { readingOf, type Session } from './session.ts';
import './hidden.css';

interface Props {
  readonly view: StoreView;
  readonly oracle: Oracle;
  readonly session: Session;
  readonly act: (event: HistoryEvent) => void;
}

/** What may happen without a request, as buttons. It enters the history as what somebody would see of it. */
export function Hidden({ view, oracle, session, act }: Props) {
  const [code, setCode] = useState<string>();
  const reading = readingOf(session);
  const happenings = hiddenStepsOf(view.store, reading).flatMap((happening) => {
    const event = eventShowing(happening, oracle, reading);
    return event === undefined ? [] : [{ ...happening, event }];
  });
  if (happenings.length === 0) return null;
  const failures = happenings.filter(({ step }) => 'code' in step);
  const failure = failures.find(({ step }) => 'code' in step && step.code === code) ?? failures[0];
  return (
    <>
      <h3>Without a request; the next Describe shows it</h3>
      <ul class="steps">
        {happenings
          .filter(({ step }) => !('code' in step))
          .map((happening) => (
            <li key={JSON.stringify(happening.step)}>
              <button type="button" class="send hiddenstep" onClick={() => act(happening.event)}>
                {wordsFor(happening.step.step)}
                {'keyId' in happening.step && `: ${happening.step.keyId}`}
              </button>
              {happening.store !== undefined && <StateBadge state={happening.store.connectionState} />}
            </li>
          ))}
        {failure !== undefined && (
          <li>
            <button type="button" class="send hiddenstep" onClick={() => act(failure.event)}>
              {wordsFor(failure.step.step)}
            </button>
            <select
              aria-label="ConnectionErrorCode"
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
            >
              {failures.map(({ step }) => 'code' in step && <option key={step.code}>{step.code}</option>)}
            </select>
            <StateBadge state="FAILED" />
          </li>
        )}
      </ul>
    </>
  );
}
