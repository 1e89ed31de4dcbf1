import { fieldsOf, type UpdateField } from '../spec/eligibility.ts';
import { type ConnectionState, storeTypes } from '../spec/vocabulary.ts';
import { Ask, type Asking } from './ask.tsx';
import { type Eligibility, eligibility, everyField } from './eligible.ts';
import { Card, StateBadge } from './parts.tsx';
import type { StoreView } from './possible.ts';
import { updateOf } from './requests.ts';
import { comparedTo, readingOf } from './session.ts';
import './matrix.css';

interface Props extends Asking {
  readonly view: StoreView | undefined;
  readonly state: ConnectionState;
  readonly fields: readonly UpdateField[];
  readonly choose: (fields: readonly UpdateField[]) => void;
}

/** What UpdateCustomKeyStore may change in a state, for either type; ticked members make a request. */
export function Matrix({ view, state, fields, choose, ...asking }: Props) {
  const { session } = asking;
  const reading = readingOf(session);
  const shown = everyField.filter((field) =>
    storeTypes.some((type) =>
      [reading, comparedTo(session)].some((each) => eligibility(type, field, state, each) !== undefined),
    ),
  );
  const mine = view === undefined ? [] : fieldsOf(view.store.type);
  const ticked = fields.filter((field) => mine.includes(field) && shown.includes(field));
  const tick = (field: UpdateField) =>
    choose(ticked.includes(field) ? ticked.filter((each) => each !== field) : [...ticked, field]);
  return (
    <Card
      title="What may change"
      note={
        <>
          UpdateCustomKeyStore while <StateBadge state={state} />
        </>
      }
    >
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">member</th>
            {storeTypes.map((type) => (
              <th key={type} scope="col" class={type === view?.store.type ? 'mine' : ''}>
                <Breakable text={type} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((field) => (
            <tr key={field}>
              <th scope="row">
                <label>
                  <input
                    type="checkbox"
                    checked={ticked.includes(field)}
                    disabled={!mine.includes(field)}
                    onChange={() => tick(field)}
                  />
                  <span>
                    <Breakable text={field} />
                  </span>
                </label>
              </th>
              {storeTypes.map((type) => (
                <Cell
                  key={type}
                  is={eligibility(type, field, state, reading)}
                  was={eligibility(type, field, state, comparedTo(session))}
                  compared={session.compare}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {view !== undefined &&
        (ticked.length === 0 ? (
          <p class="empty">Tick members to make an UpdateCustomKeyStore request for the chosen store.</p>
        ) : (
          <ul class="asks">
            <Ask
              title={`UpdateCustomKeyStore (${ticked.length})`}
              about={view.store}
              request={updateOf(view.store, ticked, session.edition, session.at + 1)}
              {...asking}
            />
          </ul>
        ))}
    </Card>
  );
}

/** A name that may be broken where one of its words ends. */
const Breakable = ({ text }: { readonly text: string }) =>
  text.split(/(?=_)|(?<=[a-z])(?=[A-Z])/).flatMap((word) => [<wbr key={word} />, word]);

const words = { yes: 'may change', no: 'refused', open: 'open' } as const;
const marks = { yes: '✓', no: '✕', open: '?' } as const;

interface CellProps {
  readonly is: Eligibility | undefined;
  readonly was: Eligibility | undefined;
  readonly compared: string;
}

function Cell({ is, was, compared }: CellProps) {
  const differs = is?.may !== was?.may;
  const kind = is === undefined ? 'none' : is.may;
  return (
    <td class={`${kind}${differs ? ' differs' : ''}`} title={is?.questions.join(', ')}>
      {is === undefined ? (
        <>
          <span aria-hidden="true">–</span>
          <span class="hidden">no such property</span>
        </>
      ) : (
        <span>
          <span class="mark" aria-hidden="true">
            {marks[is.may]}
          </span>{' '}
          {words[is.may]}
        </span>
      )}
      {differs && (
        <span class="was">
          {compared} <span aria-hidden="true">{was === undefined ? '–' : marks[was.may]}</span>
          <span class="hidden">: {was === undefined ? 'unknown' : words[was.may]}</span>
        </span>
      )}
    </td>
  );
}
