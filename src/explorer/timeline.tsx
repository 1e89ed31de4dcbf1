import { useEffect, useRef, useState } from 'preact/hooks';
import { type Edition, editions } from '../spec/vocabulary.ts';
import { Card } from './parts.tsx';
import { found, judgedBy, nextViolation, readingOf, type Session } from './session.ts';
import { resultOf } from './step.tsx';
import type { Change } from './use-session.ts';
import './timeline.css';

interface Props {
  readonly session: Session;
  readonly change: Change;
}

/** So many steps are listed before and after the present one. */
const around = 60;

/** The history as a list to step through, with the verdict of every edition. */
export function History({ session, change }: Props) {
  useBackgroundJudging(session, change);
  const { history, at, edition } = session;
  const { observations } = judgedBy(session, readingOf(session));
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const current = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (current && list.current) list.current.scrollTop = current.offsetTop - list.current.clientHeight / 2;
  }, [at, history]);
  const go = (to: number) => change({ at: to });
  const from = Math.max(0, at - around);
  return (
    <Card title="History" note={`step ${at} of ${history.length}`} class="history">
      <ul class="verdicts">
        {editions.map((each) => (
          <EditionVerdict key={each} edition={each} session={session} change={change} chosen={each === edition} />
        ))}
      </ul>
      <ol class="events" ref={list} start={from + 1}>
        {history.slice(from, at + around).map((event, index) => {
          const step = from + index + 1;
          const verdict = observations[step - 1]?.verdict;
          return (
            <li key={step}>
              <button
                type="button"
                class={`event ${verdict ?? ''}${step > at ? ' later' : ''}`}
                aria-current={step === at ? 'step' : undefined}
                onClick={() => go(step)}
              >
                <span class="number">{step}</span>
                <span class="op">{event.op}</span>
                <span class={`result ${'ok' in event ? 'ok' : 'error'}`}>{resultOf(event)}</span>
                {verdict !== undefined && verdict !== 'conforms' && <span class="flag">{verdict}</span>}
              </button>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}

/** The steps of the history under the thumb, whatever part of the page is in view. */
export function Dock({ session, change }: Props) {
  const { history, at } = session;
  const go = (to: number) => change({ at: to });
  const violation = nextViolation(session);
  const verdict = judgedBy(session, readingOf(session)).observations[at - 1]?.verdict;
  return (
    <nav class="dock" aria-label="Steps">
      <fieldset class="stepper" aria-label="Step through the history">
        <button
          type="button"
          class="plain"
          onClick={() => go(0)}
          disabled={at === 0}
          aria-label="To the beginning"
          title="Home"
        >
          |◀
        </button>
        <button
          type="button"
          class="plain"
          onClick={() => go(at - 1)}
          disabled={at === 0}
          aria-label="◀ Back"
          title="←"
        >
          ◀<span class="word"> Back</span>
        </button>
        <button
          type="button"
          class="plain"
          onClick={() => go(at + 1)}
          disabled={at === history.length}
          aria-label="Forward ▶"
          title="→"
        >
          <span class="word">Forward </span>▶
        </button>
        <button
          type="button"
          class="plain"
          onClick={() => go(history.length)}
          disabled={at === history.length}
          aria-label="To the end"
          title="End"
        >
          ▶|
        </button>
        {violation !== undefined && (
          <button type="button" class="plain to-violation" onClick={() => go(violation)} title="V">
            Next violation
          </button>
        )}
      </fieldset>
      <p aria-live="polite">
        Step {at} of {history.length}
        {verdict !== undefined && verdict !== 'conforms' && (
          <>
            : <strong class="flag">{verdict}</strong>
          </>
        )}
      </p>
    </nav>
  );
}

/** What an edition says to the whole history. */
function EditionVerdict({ edition, session, change, chosen }: Props & { edition: Edition; chosen: boolean }) {
  const judged = judgedBy(session, { edition, answers: session.answers });
  const first = judged.firstViolation;
  const done = judged.observations.length === session.history.length;
  return (
    <li class={first === undefined ? 'good' : 'bad'}>
      {edition}:{' '}
      {first === undefined ? (
        done ? (
          'allows all of it'
        ) : (
          'judging…'
        )
      ) : (
        <button
          type="button"
          class="link"
          onClick={() => change(chosen ? { at: first + 1 } : { edition, at: first + 1 })}
        >
          violated at step {first + 1}
        </button>
      )}
    </li>
  );
}

/** Judges the whole history under every edition, a little at a time; goes to what was sought when it is found. */
function useBackgroundJudging(session: Session, change: Change): void {
  const [, setRounds] = useState(0);
  const latest = useRef(session);
  latest.current = session;
  const { history, initial, judging, answers } = session;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const judge = () => {
      const deadline = performance.now() + 30;
      const done = editions.map((edition) =>
        judgedBy({ history, initial, judging }, { edition, answers }).advance(deadline),
      );
      setRounds((rounds) => rounds + 1);
      if (done.includes(false)) timer = setTimeout(judge, 0);
      else if (latest.current.seeking !== undefined) change(found(latest.current));
    };
    timer = setTimeout(judge, 0);
    return () => clearTimeout(timer);
  }, [history, initial, judging, answers]);
}
