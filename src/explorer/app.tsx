import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { HistoryEvent } from '../oracle/history.ts';
import type { UpdateField } from '../spec/eligibility.ts';
import type { ConnectionState } from '../spec/vocabulary.ts';
import { historyFrom } from '../suite/history-lines.ts';
import { withoutSecrets } from '../suite/masked.ts';
import { Diagram } from './diagram.tsx';
import { Matrix } from './matrix.tsx';
import { Operations } from './operations.tsx';
import { storesIn } from './possible.ts';
import { Questions } from './questions.tsx';
import { ReadingBar } from './reading.tsx';
import { judgedBy, nextViolation, readingOf, type Session, sessionOf } from './session.ts';
import { Step } from './step.tsx';
import { Stores } from './stores.tsx';
import { Dock, History } from './timeline.tsx';
import { useSession } from './use-session.ts';
import './app.css';

/** The whole page. */
export function App({ opening }: { readonly opening: Session }) {
  const [problem, setProblem] = useState('');
  const [session, change] = useSession(opening, setProblem);
  const [looked, setLooked] = useState<ConnectionState>();
  const [fields, setFields] = useState<readonly UpdateField[]>([]);
  const { history, at } = session;
  const reading = readingOf(session);
  const key = JSON.stringify([reading, session.initial, session.judging]);
  const oracle = useMemo(() => judgedBy(session, reading).after(at), [history, at, key]);
  const stores = useMemo(() => storesIn(oracle, reading), [oracle]);
  const view = stores.find(({ store }) => store.id === session.store) ?? stores.at(0);
  const state = looked ?? view?.state ?? view?.possible.at(0) ?? 'DISCONNECTED';
  useEffect(() => setLooked(undefined), [view?.store.id, view?.state]);

  const act = (event: HistoryEvent) => {
    const next = withoutSecrets([...history.slice(0, at), event]);
    change({ history: next, at: next.length, store: createdBy(event) ?? view?.store.id }, 'do');
  };
  const open = (text: string) => {
    const events = historyFrom(text);
    if (typeof events === 'string') setProblem(`This is no history: ${events}.`);
    else if (events.length === 0) setProblem('The file is empty: a history has one event a line.');
    else {
      setProblem('');
      change(sessionOf(events, session), 'do');
    }
  };
  const over = useDropping(open);
  useKeys(session, (next) => change({ at: next }));

  return (
    <div class={over ? 'page dropping' : 'page'}>
      <ReadingBar session={session} change={change} open={open} />
      {problem !== '' && (
        <p role="alert" class="problem">
          {problem}{' '}
          <button type="button" class="link" onClick={() => setProblem('')}>
            Dismiss
          </button>
        </p>
      )}
      <main>
        <Stores stores={stores} chosen={view?.store.id} choose={(store) => change({ store })} />
        <div class="columns">
          <div class="area picture">
            <Diagram stores={stores} view={view} looked={looked} look={setLooked} reading={reading} />
          </div>
          <div class="area middle">
            <Step session={session} change={change} />
            <Matrix
              session={session}
              view={view}
              state={state}
              fields={fields}
              choose={setFields}
              oracle={oracle}
              act={act}
              change={change}
            />
          </div>
          <div class="area right">
            <Operations view={view} oracle={oracle} session={session} act={act} change={change} />
            <Questions session={session} change={change} view={view} oracle={oracle} state={state} />
          </div>
          <div class="area past">
            <History session={session} change={change} />
          </div>
        </div>
      </main>
      <Dock session={session} change={change} />
      <footer>
        An executable specification of AWS KMS custom key stores, made from AWS's documents; not tested against AWS
        itself. This page works without a network, and sends nothing anywhere. Links lead to the documents.
      </footer>
    </div>
  );
}

const createdBy = (event: HistoryEvent): string | undefined =>
  event.op === 'CreateCustomKeyStore' && 'ok' in event ? String(event.ok['CustomKeyStoreId']) : undefined;

/** Takes files that are dropped anywhere on the page; true while one hovers over it. */
function useDropping(open: (text: string) => void): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(open);
  latest.current = open;
  useEffect(() => {
    const hover = (event: DragEvent) => {
      event.preventDefault();
      setOver(event.type === 'dragover');
    };
    const drop = async (event: DragEvent) => {
      hover(event);
      const file = event.dataTransfer?.files[0];
      latest.current(file === undefined ? (event.dataTransfer?.getData('text') ?? '') : await file.text());
    };
    const listeners = { dragover: hover, dragleave: hover, drop } as const;
    for (const [name, listener] of Object.entries(listeners)) addEventListener(name as 'drop', listener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) removeEventListener(name as 'drop', listener);
    };
  }, []);
  return over;
}

/** Arrow keys step; Home and End go to the ends; V goes to the next violation. */
function useKeys(session: Session, go: (at: number) => void): void {
  const latest = useRef({ session, go });
  latest.current = { session, go };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { session: now, go: to } = latest.current;
      const typing = event.target instanceof Element && event.target.closest('input, select, textarea, [role=radio]');
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
      const last = now.history.length;
      const wanted: Readonly<Record<string, number | undefined>> = {
        ArrowLeft: Math.max(0, now.at - 1),
        ArrowRight: Math.min(last, now.at + 1),
        Home: 0,
        End: last,
        v: nextViolation(now),
      };
      const next = wanted[event.key];
      if (next === undefined) return;
      event.preventDefault();
      to(next);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
