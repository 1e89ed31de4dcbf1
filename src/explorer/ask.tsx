import { useId, useMemo, useState } from 'preact/hooks';
import type { HistoryEvent } from '../oracle/history.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { rules } from '../spec/catalogue.ts';
import { facts } from '../spec/facts.ts';
import type { Request } from '../spec/inputs.ts';
import type { Store } from '../spec/model.ts';
import { eventOf } from './answers.ts';
import { frozen } from './eligible.ts';
import { Members } from './members.tsx';
import { type Prospect, prospectsOf, usualOf } from './outlook.ts';
import { QuestionControl, RuleText } from './parts.tsx';
import { comparedTo, judgedBy, readingOf, type Session } from './session.ts';
import type { Change } from './use-session.ts';
import './ask.css';

export interface Asking {
  readonly oracle: Oracle;
  readonly session: Session;
  readonly act: (event: HistoryEvent) => void;
  readonly change: Change;
}

interface AskProps extends Asking {
  readonly title?: string;
  readonly request: Request;
  /** The store that an update is about: which of its members may not change is told. */
  readonly about?: Store;
}

/** A request as a button, which shows before it is pressed what may come of it, and why. */
export function Ask({ title, request, about, ...asking }: AskProps) {
  const { oracle, session, act } = asking;
  const id = useId();
  const [open, setOpen] = useState(false);
  const reading = readingOf(session);
  const key = `${JSON.stringify(request)}${JSON.stringify(session.answers)}${session.compare}`;
  const { prospects, usual, before } = useMemo(() => {
    const prospects = prospectsOf(oracle, request, reading);
    const other = judgedBy(session, comparedTo(session)).after(session.at);
    return {
      prospects,
      usual: usualOf(oracle, request, reading, prospects),
      before: prospectsOf(other, request, comparedTo(session)),
    };
  }, [oracle, key]);
  const send = (result: string) => act(eventOf(request, result, oracle, reading));
  const likely = prospects.filter(({ takes }) => takes !== 'a fault');
  const faults = prospects.length - likely.length;
  const differs = summary(before) !== summary(prospects);
  const frozenFields = about === undefined ? [] : frozen(about, about.connectionState, request.input, reading);
  const refusal = usual?.takes === 'nothing' && usual.result !== 'ok' ? usual.rules[0] : undefined;
  return (
    <li class={differs ? 'ask differs' : 'ask'}>
      <div class="line">
        <button
          type="button"
          class="send"
          aria-describedby={refusal === undefined ? id : `${id} ${id}-reason`}
          disabled={usual === undefined}
          onClick={() => usual !== undefined && send(usual.result)}
        >
          {title ?? request.op}
        </button>
        <span id={id} class="chips">
          {likely.map((prospect) => (
            <Chip key={prospect.result} prospect={prospect} usual={prospect === usual && likely.length > 1} />
          ))}
          {faults > 0 && <span class="chip fault">+{faults} if something is wrong</span>}
          {differs && (
            <span class="chip difference">
              {session.compare}: {summary(before) || 'nothing else'}
            </span>
          )}
        </span>
        <button type="button" class="plain small why" aria-expanded={open} onClick={() => setOpen(!open)}>
          why<span class="hidden"> {title ?? request.op}</span>
        </button>
      </div>
      {refusal !== undefined && (
        <p id={`${id}-reason`} class="reason">
          {frozenFields.length > 0 ? frozenFields.join(' ') : `Refused unless ${inSentence(rules[refusal].says)}`}
        </p>
      )}
      {open && (
        <div class="prospects">
          <Members value={request.input} />
          {prospects.map((prospect) => (
            <Explained key={prospect.result} prospect={prospect} send={() => send(prospect.result)} {...asking} />
          ))}
          <p class="prospect verdict">
            <span class="needs">Or nobody hears the answer, and it may have happened or not.</span>
            <button
              type="button"
              class="plain small"
              onClick={() => act({ ...request, unknown: 'the answer was lost' })}
            >
              Lose the answer
            </button>
          </p>
        </div>
      )}
    </li>
  );
}

/** A sentence, to go on with in the middle of another. */
const inSentence = (says: string): string =>
  /^[A-Z][a-z]* /.test(says) ? says[0]?.toLowerCase() + says.slice(1) : says;

const summary = (prospects: readonly Prospect[]): string =>
  prospects
    .filter(({ takes }) => takes !== 'a fault')
    .map(({ result, takes }) => (takes === 'an answer' ? `${result}?` : result))
    .sort()
    .join(', ');

/** One outcome in few words. */
export function Chip({
  prospect: { result, takes },
  usual,
}: {
  readonly prospect: Prospect;
  readonly usual?: boolean;
}) {
  const kind = result === 'ok' ? 'ok' : result === 'anything' ? 'fault' : 'error';
  return (
    <span class={`chip ${kind}${takes === 'an answer' ? ' open' : ''}${usual ? ' usual' : ''}`}>
      {result}
      {takes === 'an answer' && <span class="hidden"> if the answer to a question says so</span>}
    </span>
  );
}

/** One outcome in full, with a button that lets it happen. */
function Explained({
  prospect,
  send,
  session,
  change,
}: Asking & { readonly prospect: Prospect; readonly send: () => void }) {
  const { result, takes, questions, facts: involved } = prospect;
  return (
    <div class="prospect">
      <p class="verdict">
        <Chip prospect={prospect} />
        <button type="button" class="plain small" onClick={send}>
          Get this answer<span class="hidden">: {result}</span>
        </button>
      </p>
      {takes === 'a fault' && (
        <p class="needs">
          Only where this does not hold, or is not known:{' '}
          {involved.length === 0 ? 'nothing is wrong' : involved.map((fact) => facts[fact]).join(' ')}
        </p>
      )}
      {result === 'ok' && takes === 'nothing' && <p>No rule refuses it.</p>}
      {result === 'anything' && <p>The key may be one outside custom key stores, of which nothing is said here.</p>}
      {prospect.rules.map((rule) => (
        <RuleText key={rule} id={rule} />
      ))}
      {takes === 'an answer' &&
        questions.map((id) => <QuestionControl key={id} id={id} session={session} change={change} />)}
    </div>
  );
}
