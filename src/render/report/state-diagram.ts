import { arrows, type ChartState, chartStates } from '../../machine/chart.ts';
import type { CheckVerdict } from '../../oracle/verdict.ts';
import { escaped } from './html-text.ts';

/** Where each state stands. What leads where comes from the machine. */
const places: Readonly<Record<ChartState, readonly [number, number]>> = {
  DISCONNECTED: [120, 190],
  CONNECTING: [430, 70],
  CONNECTED: [760, 70],
  FAILED: [760, 310],
  DISCONNECTING: [430, 310],
  DELETED: [120, 350],
};
const width = 150;
const height = 40;

interface Edge {
  readonly from: ChartState;
  readonly to: ChartState;
  readonly events: readonly string[];
}

/** The machine as a picture; every arrow in the colour of what was observed of it. */
export function stateDiagram(observed: CheckVerdict['observed']): string {
  const seen = (from: string, event: string) => observed[`${from} ${event}`] ?? 'unreached';
  const edges = edgesOf();
  return [
    '<svg class="diagram" viewBox="0 0 880 400" role="img" aria-label="Connection states, and what was observed of the ways between them">',
    '<defs>',
    ...['conforms', 'violates', 'unreached'].map(
      (what) =>
        `<marker id="to-${what}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" class="${what}"/></marker>`,
    ),
    '</defs>',
    ...edges.map((edge) => edgeSvg(edge, seen, edges)),
    ...chartStates.map((state) => {
      const [x, y] = places[state];
      const reached = Object.keys(observed).some((place) => place.split(' ').includes(state));
      const wrong = Object.entries(observed).flatMap(([place, what]) => {
        const [where, event = ''] = place.split(' ');
        const isDrawn = edges.some(({ from, events }) => from === state && events.includes(event));
        return where === state && what === 'violates' && !isDrawn ? [event] : [];
      });
      const title =
        wrong.length === 0 ? '' : `<title>${escaped(`violates: ${wrong.join(', ')} while ${state}`)}</title>`;
      return `<g class="state ${reached ? 'reached' : ''} ${wrong.length === 0 ? '' : 'wrong'}">${title}<rect x="${x - width / 2}" y="${y - height / 2}" width="${width}" height="${height}" rx="9"/><text x="${x}" y="${y + 5}">${state}</text></g>`;
    }),
    '</svg>',
  ].join('\n');
}

function edgesOf(): readonly Edge[] {
  const edges = new Map<string, Edge>();
  for (const { from, target, event, actions } of arrows) {
    if (from === undefined || target === undefined || target === from || actions.includes('refuse')) continue;
    const before = edges.get(`${from} ${target}`);
    edges.set(`${from} ${target}`, { from, to: target, events: [...new Set([...(before?.events ?? []), event])] });
  }
  return [...edges.values()];
}

function edgeSvg(
  { from, to, events }: Edge,
  seen: (from: string, event: string) => string,
  edges: readonly Edge[],
): string {
  const what =
    events
      .map((event) => seen(from, event))
      .sort()
      .at(-1) === 'violates'
      ? 'violates'
      : events.some((event) => seen(from, event) === 'conforms')
        ? 'conforms'
        : 'unreached';
  const isPair = edges.some((edge) => edge.from === to && edge.to === from);
  const [x1, y1] = places[from];
  const [x2, y2] = places[to];
  const length = Math.hypot(x2 - x1, y2 - y1);
  const [nx, ny] = [-(y2 - y1) / length, (x2 - x1) / length];
  const bend = isPair ? 26 : 0;
  const [cx, cy] = [(x1 + x2) / 2 + nx * bend, (y1 + y2) / 2 + ny * bend];
  const [sx, sy] = border(places[from], [cx, cy]);
  const [ex, ey] = border(places[to], [cx, cy]);
  // Nearer to where the arrow begins, so that labels of arrows that cross stay apart.
  const [lx, ly] = along([sx, sy], [cx, cy], [ex, ey], 0.36);
  const label = events
    .map(
      (event, index) =>
        `<tspan x="${lx}" dy="${index === 0 ? -4 - (13 * (events.length - 1)) / 2 : 13}">${escaped(event.replace('CustomKeyStore', ''))}</tspan>`,
    )
    .join('');
  const title = `${from} to ${to}: ${events.map((event) => `${event} ${seen(from, event)}`).join(', ')}`;
  return `<g class="edge ${what}"><title>${escaped(title)}</title><path d="M${sx} ${sy}Q${cx} ${cy} ${ex} ${ey}" marker-end="url(#to-${what})"/><text x="${lx}" y="${ly}">${label}</text></g>`;
}

/** A point on the curve. */
function along(
  [x1, y1]: readonly [number, number],
  [cx, cy]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  t: number,
): readonly [number, number] {
  const at = (from: number, by: number, to: number) =>
    Math.round((1 - t) ** 2 * from + 2 * t * (1 - t) * by + t * t * to);
  return [at(x1, cx, x2), at(y1, cy, y2)];
}

/** Where the line to a point leaves the box around a state. */
function border([x, y]: readonly [number, number], [px, py]: readonly [number, number]): readonly [number, number] {
  const [dx, dy] = [px - x, py - y];
  const scale = Math.min((width / 2 + 3) / Math.abs(dx || 1e-9), (height / 2 + 3) / Math.abs(dy || 1e-9));
  return [Math.round(x + dx * scale), Math.round(y + dy * scale)];
}
