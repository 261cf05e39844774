/** The call tree as plotly's icicle: callers above, callees below, width for time. */
import type { Data } from 'plotly.js';
import { ORIGIN_NAMES } from '../../../../src/render/charts/palette.ts';
import { formatMs, formatShare, formatSource } from '../../../../src/render/format.ts';
import { baseLayout, type Figure } from '../../charts/figure.ts';
import { chartLines, chartText } from '../../charts/text.ts';
import type { ChartTheme } from '../../charts/theme.ts';
import { clipTo } from './clip.ts';
import { ROOT, type FlameNode, type FlameTree } from './tree.ts';

export interface FlameOptions {
  readonly level: string;
  /** Others are dimmed; null dims nothing. */
  readonly found: ReadonlySet<string> | null;
}

export function flameFigure(
  tree: FlameTree,
  { level, found }: FlameOptions,
  theme: ChartTheme,
  widthPx: number,
): Figure {
  const shown = level === ROOT ? tree.totalMs : (tree.nodes[Number(level)]?.totalMs ?? 0);
  const label = ({ name, totalMs }: FlameNode) =>
    chartText(clipTo(name, shown > 0 ? (totalMs / shown) * widthPx : 0));
  const colour = ({ id, node }: FlameNode) =>
    found === null || found.has(id) ? theme[node.origin] : `${theme[node.origin]}40`;
  const trace = {
    type: 'icicle',
    ids: [ROOT, ...tree.nodes.map(({ id }) => id)],
    parents: ['', ...tree.nodes.map(({ parent }) => parent)],
    labels: ['everything', ...tree.nodes.map(label)],
    values: [tree.totalMs, ...tree.nodes.map(({ totalMs }) => totalMs)],
    branchvalues: 'total',
    level,
    sort: true,
    textinfo: 'label',
    textposition: 'middle left',
    customdata: [
      chartLines([`everything: ${formatMs(tree.totalMs)}`]),
      ...tree.nodes.map(node => chartLines(hoverLines(node, tree.totalMs))),
    ],
    hovertemplate: '%{customdata}<extra></extra>',
    tiling: { orientation: 'v', pad: 1 },
    leaf: { opacity: 1 },
    pathbar: { visible: false },
    marker: {
      colors: [theme.grid, ...tree.nodes.map(colour)],
      line: { width: 0 },
    },
    textfont: {
      family: theme.font,
      size: 12,
      color: [
        theme.text,
        ...tree.nodes.map(({ id }) => (found && !found.has(id) ? theme.muted : theme.onOrigin)),
      ],
    },
  };
  return {
    data: [trace as unknown as Partial<Data>],
    layout: {
      ...baseLayout(theme),
      margin: { l: 12, r: 12, t: 2, b: 2 },
    },
  };
}

function hoverLines({ name, node, totalMs }: FlameNode, allMs: number): string[] {
  const share = allMs > 0 ? totalMs / allMs : 0;
  const where = node.source ? `, ${formatSource(node.source)}` : '';
  return [
    name,
    `${formatMs(totalMs)} (${formatShare(share)}), itself ${formatMs(node.selfMs)}`,
    ...(node.offCpuMs > 0 ? [`of itself waiting ${formatMs(node.offCpuMs)}`] : []),
    `${ORIGIN_NAMES[node.origin]}${where}`,
  ];
}
