import ELK, { type ElkExtendedEdge, type ElkNode, type ElkPoint } from 'elkjs/lib/elk.bundled.js';
import { chartStates } from '../machine/chart.ts';
import { beginning, edges, line, linesOf } from './edges.ts';

/** Where everything in the diagram stands. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: Readonly<Record<string, Box>>;
  readonly edges: Readonly<Record<string, { readonly path: string; readonly label: Box }>>;
}
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The width of a letter, in pixels; the style sheet agrees. */
const letter = 6.7;

/** Lays the chart out, narrow enough for a telephone. Runs when the page is built. */
export async function layout(): Promise<Layout> {
  const graph: ElkNode = await new ELK().layout({
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'DOWN',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.edgeLabels.inline': 'true',
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
      'elk.layered.thoroughness': '40',
      'elk.spacing.nodeNode': '10',
      'elk.spacing.edgeEdge': '8',
      'elk.spacing.edgeNode': '8',
      'elk.spacing.edgeLabel': '4',
      'elk.layered.spacing.nodeNodeBetweenLayers': '12',
      'elk.layered.spacing.edgeEdgeBetweenLayers': '8',
      'elk.layered.spacing.edgeNodeBetweenLayers': '10',
      'elk.padding': '[top=6,left=6,bottom=6,right=6]',
    },
    children: [
      { id: beginning, width: 16, height: 16 },
      ...chartStates.map((id) => ({ id, width: 20 + id.length * 8.6, height: 38 })),
    ],
    edges: edges.map(({ id, from, to, labels }) => ({
      id,
      sources: [from],
      targets: [to],
      labels: [labelOf(linesOf(labels))],
    })),
  });
  return {
    width: Math.ceil(graph.width ?? 0),
    height: Math.ceil(graph.height ?? 0),
    nodes: Object.fromEntries((graph.children ?? []).map((node) => [node.id, boxOf(node)])),
    edges: Object.fromEntries(
      (graph.edges ?? []).map((edge) => [edge.id, { path: pathOf(edge), label: boxOf(edge.labels?.[0] ?? {}) }]),
    ),
  };
}

const labelOf = (lines: readonly string[]) => ({
  text: lines.join('\n'),
  width: Math.max(...lines.map((each) => each.length)) * letter + 12,
  height: lines.length * line + 4,
});

const boxOf = ({ x = 0, y = 0, width = 0, height = 0 }: Partial<Box>): Box => ({
  x: Math.round(x),
  y: Math.round(y),
  width: Math.round(width),
  height: Math.round(height),
});

/** The route of an edge as a path with rounded corners. */
function pathOf({ sections = [] }: ElkExtendedEdge): string {
  return sections
    .map(({ startPoint, bendPoints = [], endPoint }) => rounded([startPoint, ...bendPoints, endPoint]))
    .join(' ');
}

function rounded(points: readonly ElkPoint[]): string {
  const [start] = points as [ElkPoint];
  const parts = [`M${at(start)}`];
  for (let i = 1; i < points.length - 1; i++) {
    const [before, corner, after] = points.slice(i - 1, i + 2) as [ElkPoint, ElkPoint, ElkPoint];
    parts.push(`L${at(towards(corner, before))}Q${at(corner)} ${at(towards(corner, after))}`);
  }
  parts.push(`L${at(points.at(-1) as ElkPoint)}`);
  return parts.join('');
}

const radius = 8;
function towards(from: ElkPoint, to: ElkPoint): ElkPoint {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const share = Math.min(radius, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
const at = ({ x, y }: ElkPoint): string => `${x.toFixed(1)} ${y.toFixed(1)}`;
