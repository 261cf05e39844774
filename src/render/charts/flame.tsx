/** @jsxImportSource preact */
/** A call tree as an icicle: callers above, callees below, width for time. */
import type { FunctionNode } from '../../profile/index.ts';
import { formatMs, formatShare } from '../format.ts';
import { treeName } from '../words.ts';
import { ON_ORIGIN_COLOUR, ORIGIN_COLOURS } from './palette.ts';

export const FLAME_WIDTH = 1000;
const ROW = 20;
/** Narrower boxes are left out: nobody could see them. */
const MIN_WIDTH = 1.5;
const CHAR_WIDTH = 6.6;
const MAX_DEPTH = 40;

export interface FlameBox {
  readonly node: FunctionNode;
  readonly x: number;
  readonly depth: number;
  readonly width: number;
  readonly share: number;
}

/** Boxes in the order of the tree; siblings stand from the left, the longest first. */
export function layOutFlame(functions: readonly FunctionNode[]): FlameBox[] {
  const children = new Map<number, number[]>();
  functions.forEach(({ parent }, i) => children.set(parent, [...(children.get(parent) ?? []), i]));
  const time = (i: number) => functions[i]?.totalMs ?? 0;
  const all = (children.get(-1) ?? []).reduce((sum, i) => sum + time(i), 0);
  const boxes: FlameBox[] = [];
  const place = (parent: number, from: number, depth: number): void => {
    let x = from;
    for (const i of (children.get(parent) ?? []).sort((a, b) => time(b) - time(a))) {
      const share = all > 0 ? time(i) / all : 0;
      const width = share * FLAME_WIDTH;
      const node = functions[i];
      if (!node || width < MIN_WIDTH || depth >= MAX_DEPTH) continue;
      boxes.push({ node, x, depth, width, share });
      place(i, x, depth + 1);
      x += width;
    }
  };
  place(-1, 0, 0);
  return boxes;
}

export function Flame({ functions, id }: { functions: readonly FunctionNode[]; id: string }) {
  const boxes = layOutFlame(functions);
  const height = Math.max(0, ...boxes.map(box => box.depth + 1)) * ROW;
  return (
    <svg viewBox={`0 0 ${FLAME_WIDTH} ${height}`} role="img" aria-labelledby={id} class="flame">
      <title id={id}>Call tree: callers above, callees below; the wider, the more time</title>
      {boxes.map(box => (
        <Box key={box.node} box={box} />
      ))}
    </svg>
  );
}

function Box({ box: { node, x, depth, width, share } }: { box: FlameBox }) {
  const name = treeName(node);
  const room = Math.floor((width - 6) / CHAR_WIDTH);
  const shown = name.length <= room ? name : room > 3 ? `${name.slice(0, room - 1)}…` : '';
  return (
    <g>
      <title>{`${name}: ${formatMs(node.totalMs)} (${formatShare(share)}), itself ${formatMs(node.selfMs)}`}</title>
      <rect
        x={x.toFixed(1)}
        y={depth * ROW}
        width={Math.max(1, width - 1).toFixed(1)}
        height={ROW - 1}
        rx="2"
        fill={ORIGIN_COLOURS[node.origin]}
      />
      {shown && (
        <text x={(x + 4).toFixed(1)} y={depth * ROW + 14} fill={ON_ORIGIN_COLOUR} font-size="11.5">
          {shown}
        </text>
      )}
    </g>
  );
}
