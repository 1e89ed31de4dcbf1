import type { ComponentChildren } from 'preact';
import type { RuleId } from '../spec/catalogue.ts';
import { rules } from '../spec/catalogue.ts';
import { type ChoiceOf, choicesOf, fixedChoice, type QuestionId, questionOf } from '../spec/questions.ts';
import type { Answers } from '../spec/reading.ts';
import type { Source } from '../spec/source.ts';
import { pageOf } from '../spec/sources.ts';
import type { ConnectionState } from '../spec/vocabulary.ts';
import type { Session } from './session.ts';
import type { Change } from './use-session.ts';
import './parts.css';

/** A connection state, in its colour. */
export const StateBadge = ({ state, faint }: { readonly state: ConnectionState; readonly faint?: boolean }) => (
  <span class={`badge ${state}${faint ? ' faint' : ''}`}>{state}</span>
);

/** What a document says, with a link to it. */
export function Cited({ source: { page, says } }: { readonly source: Source }) {
  const { title, address } = pageOf(page);
  return (
    <li>
      {says.replace(/\.$/, '')}:{' '}
      {address === undefined ? (
        title
      ) : (
        <a href={address} target="_blank" rel="noreferrer">
          {title}
        </a>
      )}
    </li>
  );
}

/** A rule: its sentence, its sources, and the sources against it. */
export function RuleText({ id, children }: { readonly id: RuleId; readonly children?: ComponentChildren }) {
  const { says, sources, contradictedBy = [] } = rules[id];
  return (
    <div class="rule">
      <p>
        <code>{id}</code> {says}
        {children}
      </p>
      <ul class="sources">
        {sources.map((source) => (
          <Cited key={source.page + source.says} source={source} />
        ))}
      </ul>
      {contradictedBy.length > 0 && (
        <>
          <p class="against">Other documents say otherwise:</p>
          <ul class="sources">
            {contradictedBy.map((source) => (
              <Cited key={source.page + source.says} source={source} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

interface Asked {
  readonly id: QuestionId;
  readonly session: Session;
  readonly change: Change;
}

/** A question with its answers to choose from. */
export function QuestionControl({ id, session, change }: Asked) {
  const question = questionOf(id);
  const fixed = fixedChoice(id, session.edition);
  const given = session.answers[id] ?? '';
  const answer = (choice: string) => {
    const { [id]: _, ...others } = session.answers;
    change({ answers: (choice === '' ? others : { ...others, [id]: choice as ChoiceOf<QuestionId> }) as Answers });
  };
  return (
    <div class={given === '' ? 'question' : 'question answered'}>
      <label>
        <span>{question.asks}</span>
        <select value={given} onChange={(event) => answer(event.currentTarget.value)}>
          <option value="">
            {fixed === undefined ? 'open: every answer is allowed' : `${session.edition} says ${fixed}`}
          </option>
          {choicesOf(id).map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      </label>
      <details>
        <summary>
          <code>{id}</code>
        </summary>
        <ul class="sources">
          {question.readings.map((source) => (
            <Cited key={source.page + source.says} source={source} />
          ))}
        </ul>
        <ul class="choices">
          {Object.entries(question.choices).map(([choice, says]) => (
            <li key={choice}>
              <code>{choice}</code> {says}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

/** A part of the page with a heading. */
export function Card({
  title,
  note,
  children,
  class: name = '',
}: {
  readonly title: string;
  readonly note?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly class?: string;
}) {
  const id = title.toLowerCase().replaceAll(/\W+/g, '-');
  return (
    <section class={`card ${name}`} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {note !== undefined && <div class="note">{note}</div>}
      </header>
      {children}
    </section>
  );
}
