import { useRef } from 'preact/hooks';
import { editionNotes } from '../spec/editions.ts';
import { editions } from '../spec/vocabulary.ts';
import { withoutSecrets } from '../suite/masked.ts';
import { type Session, welcome } from './session.ts';
import type { Change } from './use-session.ts';
import './reading.css';

interface Props {
  readonly session: Session;
  readonly change: Change;
  readonly open: (text: string) => void;
}

/** The head of the page: which edition, compared with which, and where histories come from and go. */
export function ReadingBar({ session, change, open }: Props) {
  const file = useRef<HTMLInputElement>(null);
  const { edition, compare, answers, initial, judging } = session;
  const answered = Object.keys(answers).length;
  return (
    <header class="top">
      <h1>KMS custom key stores</h1>
      <div class="controls">
        <fieldset class="editions">
          <legend>Edition</legend>
          {editions.map((each) => (
            <label key={each} title={editionNotes[each].says}>
              <input
                type="radio"
                name="edition"
                checked={each === edition}
                onChange={() => change({ edition: each })}
              />
              <span>{each}</span>
            </label>
          ))}
        </fieldset>
        <label class="compare">
          <span>Compare with</span>
          <select
            value={compare}
            onChange={(event) => change({ compare: event.currentTarget.value as Session['compare'] })}
          >
            {editions.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <label class="compare">
          <span>Account</span>
          <select
            value={initial}
            onChange={(event) => change({ initial: event.currentTarget.value as Session['initial'] })}
          >
            <option value="empty">empty at first</option>
            <option value="unknown">not seen before</option>
          </select>
        </label>
        {answered > 0 && (
          <button type="button" class="plain" onClick={() => change({ answers: {} })}>
            Forget {answered} answer{answered > 1 ? 's' : ''}
          </button>
        )}
        {Object.keys(judging).length > 0 && (
          <button type="button" class="plain" title="Judge as usual" onClick={() => change({ judging: {} })}>
            Judged with {judgingWords(judging).join(', ')} ✕
          </button>
        )}
        <input
          ref={file}
          type="file"
          class="hidden"
          aria-label="A history, newline-delimited JSON"
          tabIndex={-1}
          onChange={async ({ currentTarget }) => {
            const chosen = currentTarget.files?.[0];
            if (chosen !== undefined) open(await chosen.text());
            currentTarget.value = '';
          }}
        />
        <div class="group">
          <button type="button" class="plain" onClick={() => file.current?.click()}>
            Open a history
          </button>
          <button type="button" class="plain" onClick={() => save(session)} disabled={session.history.length === 0}>
            Save it
          </button>
          <button type="button" class="plain" onClick={() => change(welcome(), 'do')}>
            Begin again
          </button>
        </div>
      </div>
    </header>
  );
}

/** How the history is judged, where that is not as usual. */
const judgingWords = ({ world, worldIs, consistency, strict }: Session['judging']): readonly string[] => [
  ...(world === undefined ? [] : ['a declared world']),
  ...(worldIs === undefined ? [] : ['a changing world']),
  ...(consistency === undefined ? [] : ['answers from the recent past']),
  ...(strict === undefined ? [] : ['strictness']),
];

/** Offers the history as a file, without its secrets. */
function save({ history }: Session): void {
  const lines = withoutSecrets(history).map((event) => `${JSON.stringify(event)}\n`);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(lines, { type: 'application/x-ndjson' }));
  link.download = 'history.ndjson';
  link.click();
  URL.revokeObjectURL(link.href);
}
