import type { ComponentChildren } from 'preact';
import type { HistoryEvent } from '../oracle/history.ts';
import type { Observation } from '../oracle/oracle.ts';
import { errors, isErrorName } from '../spec/errors.ts';
import { questionIds } from '../spec/questions.ts';
import { Chip } from './ask.tsx';
import { Broken } from './broken.tsx';
import { Members } from './members.tsx';
import { prospectsOf } from './outlook.ts';
import { Card, QuestionControl } from './parts.tsx';
import { judgedBy, readingOf, type Session } from './session.ts';
import type { Change } from './use-session.ts';
import './step.css';

interface Props {
  readonly session: Session;
  readonly change: Change;
}

/** What happened last: what was asked, answered and allowed; at a violation, the rule and its source. */
export function Step({ session, change }: Props) {
  const { history, at } = session;
  const event = history[at - 1];
  if (event === undefined) {
    return (
      <Card title="The beginning" class="step">
        <p class="empty">Nothing has happened yet. Step forward, press an operation, or drop a history on the page.</p>
      </Card>
    );
  }
  const reading = readingOf(session);
  const { before, observation } = judgedBy(session, reading).at(at - 1);
  // What was allowed may depend on when it was asked, which only the violation knows.
  const allowed = observation.violation?.allowed;
  const prospects = prospectsOf(before, event, reading).filter(
    (prospect) => allowed === undefined || allowed.some(({ result }) => result === prospect.result),
  );
  const observed = resultOf(event);
  const violated = observation.verdict === 'violates';
  return (
    <Card
      title={`Step ${at}: ${event.op}`}
      note={<Verdict observation={observation} />}
      class={`step ${observation.verdict}`}
    >
      <Part title="Asked">
        <Members value={event.input} />
      </Part>
      <Part title="Answered">
        <p>
          <span class={`chip ${'ok' in event ? 'ok' : 'error'}${violated ? ' wrong' : ''}`}>{observed}</span>{' '}
          {isErrorName(observed) && errors[observed].says}
          {'message' in event && event.message !== undefined && <q>{event.message}</q>}
        </p>
        {'ok' in event && Object.keys(event.ok).length > 0 && <Members value={event.ok} />}
      </Part>
      <Part title="Allowed">
        <p class="chips">
          {prospects
            .filter(({ takes, result }) => takes !== 'a fault' || result === observed)
            .map((prospect) => (
              <Chip key={prospect.result} prospect={prospect} usual={prospect.result === observed} />
            ))}
          <Rest count={prospects.filter(({ takes, result }) => takes === 'a fault' && result !== observed).length} />
        </p>
      </Part>
      {observation.violation !== undefined && (
        <Broken
          violation={observation.violation}
          observed={observed}
          reading={reading}
          same={prospects.some(({ result }) => result === observed)}
        />
      )}
      {observation.inconsistent?.map(({ question, before: was, now }) => (
        <div key={question} class="broken">
          <p>
            It answered <code>{was.join(' or ')}</code> to this question before, and now <code>{now.join(' or ')}</code>
            .
          </p>
          {questionIds
            .filter((id) => id === question)
            .map((id) => (
              <QuestionControl key={id} id={id} session={session} change={change} />
            ))}
        </div>
      ))}
    </Card>
  );
}

const Part = ({ title, children }: { readonly title: string; readonly children: ComponentChildren }) => (
  <div class="part">
    <h3>{title}</h3>
    <div>{children}</div>
  </div>
);

const Rest = ({ count }: { readonly count: number }) =>
  count === 0 ? null : <span class="chip fault">+{count} if something is wrong</span>;

/** What came of an event, in one word. */
export const resultOf = (event: HistoryEvent): string =>
  'ok' in event ? 'ok' : 'error' in event ? event.error : `unknown: ${event.unknown}`;

function Verdict({ observation: { verdict } }: { readonly observation: Observation }) {
  return <span class={`badge ${verdict}`}>{verdict}</span>;
}
