import { useMemo, useState } from 'preact/hooks';
import type { Oracle } from '../oracle/oracle.ts';
import { type QuestionId, questionIds, questionOf } from '../spec/questions.ts';
import { type ConnectionState, storeOperations, storeTypes } from '../spec/vocabulary.ts';
import { eligibility, everyField } from './eligible.ts';
import { prospectsOf } from './outlook.ts';
import { Card, QuestionControl } from './parts.tsx';
import type { StoreView } from './possible.ts';
import { requestAbout } from './requests.ts';
import { readingOf, type Session } from './session.ts';
import type { Change } from './use-session.ts';
import './questions.css';

interface Props {
  readonly session: Session;
  readonly change: Change;
  readonly view: StoreView | undefined;
  readonly oracle: Oracle;
  readonly state: ConnectionState;
}

/** What the documents leave open: first what matters here, then everything. */
export function Questions({ session, change, view, oracle, state }: Props) {
  const [wanted, setWanted] = useState('');
  const [all, setAll] = useState(false);
  const key = `${JSON.stringify([session.answers, session.edition])}${view?.store.id}${state}`;
  const here = useMemo(() => {
    const given = Object.keys(session.answers) as QuestionId[];
    return [...new Set([...given, ...askedHere(session, view, oracle, state)])];
  }, [oracle, key]);
  const found = questionIds.filter((id) => `${id} ${questionOf(id).asks}`.toLowerCase().includes(wanted.toLowerCase()));
  return (
    <Card title="What the documents leave open" note="An answer narrows what is allowed; the difference is lit.">
      {here.length === 0 && <p class="empty">Nothing is open here.</p>}
      {here.map((id) => (
        <QuestionControl key={id} id={id} session={session} change={change} />
      ))}
      <details open={all} onToggle={(event) => setAll(event.currentTarget.open)}>
        <summary>All {questionIds.length} questions</summary>
        {all && (
          <>
            <label class="search">
              <span class="hidden">Find a question</span>
              <input
                type="search"
                placeholder="Find a question"
                value={wanted}
                onInput={(event) => setWanted(event.currentTarget.value)}
              />
            </label>
            {found.map((id) => (
              <QuestionControl key={id} id={id} session={session} change={change} />
            ))}
          </>
        )}
      </details>
    </Card>
  );
}

/** The questions that decide what may come of an operation on the chosen store, or of a change in this state. */
function askedHere(session: Session, view: StoreView | undefined, oracle: Oracle, state: ConnectionState) {
  const reading = readingOf(session);
  const cells = storeTypes.flatMap((type) =>
    everyField.flatMap((field) => eligibility(type, field, state, reading)?.questions ?? []),
  );
  if (view === undefined) return cells;
  const prospects = storeOperations
    .filter((op) => op !== 'CreateCustomKeyStore' && op !== 'UpdateCustomKeyStore')
    .flatMap((op) => prospectsOf(oracle, requestAbout(op, view.store, undefined, session.edition), reading));
  return [...cells, ...prospects.filter(({ takes }) => takes === 'an answer').flatMap(({ questions }) => questions)];
}
