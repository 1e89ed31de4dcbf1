import layout from 'virtual:layout';
import { type Arrow, chart, chartStates } from '../machine/chart.ts';
import { fixedChoice, type QuestionId, questionIds } from '../spec/questions.ts';
import type { Reading } from '../spec/reading.ts';
import { type ConnectionState, connectionStates } from '../spec/vocabulary.ts';
import { beginning, type Edge, edges, isHidden, line, linesOf } from './edges.ts';
import type { Box } from './layout.ts';
import { Card } from './parts.tsx';
import type { StoreView } from './possible.ts';
import './diagram.css';

interface Props {
  readonly stores: readonly StoreView[];
  readonly view: StoreView | undefined;
  readonly looked: ConnectionState | undefined;
  readonly look: (state: ConnectionState | undefined) => void;
  readonly reading: Reading;
}

/** The machine, with the state of the chosen store lit and the states that it may be in shaded. */
export function Diagram({ stores, view, looked, look, reading }: Props) {
  const percent = (value: number, of: number) => `${(100 * value) / of}%`;
  const place = (id: string) => {
    const { x = 0, y = 0, width = 0, height = 0 } = layout.nodes[id] ?? {};
    return {
      left: percent(x, layout.width),
      top: percent(y, layout.height),
      width: percent(width, layout.width),
      height: percent(height, layout.height),
    };
  };
  const kindOf = (state: ConnectionState): string =>
    state === view?.state ? 'current' : view?.possible.includes(state) ? 'possible' : '';
  return (
    <Card title="Life of a store" note="Press a state to look into it.">
      <div
        class="diagram"
        style={{
          aspectRatio: `${layout.width} / ${layout.height}`,
          maxWidth: `${layout.width * 1.1}px`,
          '--unit': `calc(100cqw / ${layout.width})`,
        }}
      >
        <svg viewBox={`0 0 ${layout.width} ${layout.height}`} aria-hidden="true">
          <defs>
            <marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
              <path d="M0 0.5 L7.5 4 L0 7.5 z" />
            </marker>
            <marker id="lithead" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto">
              <path d="M0 0.5 L7.5 4 L0 7.5 z" class="lit" />
            </marker>
          </defs>
          {edges.map((edge) => (
            <path key={edge.id} d={layout.edges[edge.id]?.path} class={`edge ${classOf(edge, view, reading)}`} />
          ))}
          {edges.map((edge) => {
            const { x = 0, y = 0 } = layout.edges[edge.id]?.label ?? {};
            return (
              <text key={edge.id} class={`label ${classOf(edge, view, reading)}`} x={x + 6} y={y + 12}>
                {linesOf(edge.labels).map((text, index) => (
                  <tspan key={text} x={x + 6} y={y + 12 + index * line}>
                    {text}
                  </tspan>
                ))}
              </text>
            );
          })}
          <Dot box={layout.nodes[beginning]} />
        </svg>
        {connectionStates.map((state) => (
          <button
            key={state}
            type="button"
            class={`node ${state} ${kindOf(state)}${looked === state ? ' looked' : ''}`}
            style={place(state)}
            aria-pressed={looked === state}
            title={chart.states[state].description}
            onClick={() => look(looked === state ? undefined : state)}
          >
            {state}
            <span class="hidden">
              {kindOf(state) === 'current' ? ', the state of the store' : kindOf(state) && ', possible now'}
            </span>
            <span class="tokens" aria-hidden="true">
              {stores
                .filter((each) => each !== view && each.state === state)
                .map(({ store }) => (
                  <i key={store.id} title={store.properties.CustomKeyStoreName ?? store.id} />
                ))}
            </span>
          </button>
        ))}
        {chartStates
          .filter((state) => !(connectionStates as readonly string[]).includes(state))
          .map((state) => (
            <span key={state} class="node end" style={place(state)} title={chart.states[state].description}>
              {state}
            </span>
          ))}
      </div>
      <p class="legend">
        <span class="key current">is</span> <span class="key possible">may be, without a request</span>{' '}
        <span class="key dashed">happens without a request</span>{' '}
        <span class="key dotted">by the answer to a question</span>
      </p>
      <ul class="hidden">
        {edges
          .filter(({ from }) => from === view?.state)
          .map((edge) => (
            <li key={edge.id}>
              {edge.arrows.map(({ event }) => event).join(', ')} leads to {edge.to}
            </li>
          ))}
      </ul>
    </Card>
  );
}

const Dot = ({ box }: { readonly box: Box | undefined }) =>
  box === undefined ? null : (
    <circle class="beginning" cx={box.x + box.width / 2} cy={box.y + box.width / 2} r={box.width / 2} />
  );

/** How an edge is drawn: lit where it leads out of the state of the store. */
function classOf({ from, arrows }: Edge, view: StoreView | undefined, reading: Reading): string {
  const left = arrows.filter((arrow) => settled(arrow, reading) !== false);
  const hidden = arrows.length > 0 && arrows.every(({ event }) => isHidden(event)) ? 'hiddenstep' : '';
  const open = left.length > 0 && left.every((arrow) => settled(arrow, reading) === undefined) ? 'open' : '';
  const excluded = arrows.length > 0 && left.length === 0;
  const lit = !excluded && from === view?.state ? 'lit' : '';
  return `${hidden} ${open} ${lit} ${excluded ? 'excluded' : ''}`;
}

/** Does the reading take the arrow? Undefined where it leaves that open. */
function settled({ guard }: Arrow, { edition, answers }: Reading): boolean | undefined {
  const asked = Object.entries(guard?.params ?? {}).filter((entry): entry is [QuestionId, string] =>
    (questionIds as readonly string[]).includes(entry[0]),
  );
  const [first] = asked;
  if (first === undefined) return true;
  const answer = answers[first[0]] ?? fixedChoice(first[0], edition);
  return answer === undefined ? undefined : answer === first[1];
}
