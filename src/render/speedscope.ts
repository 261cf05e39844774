/**
 * The call trees in speedscope's file format, for https://www.speedscope.app and the viewers that read it.
 * The format: https://github.com/jlfwong/speedscope/wiki/Importing-from-custom-sources
 */
import type { Cell, FunctionNode } from '../profile/index.ts';
import type { Report } from '../report/index.ts';
import { cellName, cellNumber, treeName } from './words.ts';

interface Frame {
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
}

/**
 * One `sampled` profile a cell: a node's own time is a sample with the stack of its ancestors as its weight. Order in
 * time was not kept, so speedscope's "Time Order" view shows the order of the tree.
 */
export function renderSpeedscope({ cells, profile }: Report): string {
  const frames = new FrameTable();
  const profiles = cells
    .filter(({ cell }) => cell.functions.length > 0)
    .map(report => ({
      type: 'sampled',
      name: `${cellNumber(report)} ${cellName(report)}`.trim(),
      unit: 'milliseconds',
      startValue: 0,
      ...toSamples(report.cell, frames),
    }));
  const file = {
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    name: profile.notebook.path ?? 'notebook',
    exporter: `pyperf@${profile.environment.pyperfVersion}`,
    activeProfileIndex: 0,
    shared: { frames: frames.all },
    profiles,
  };
  return `${JSON.stringify(file)}\n`;
}

function toSamples({ functions }: Cell, frames: FrameTable) {
  const stacks: number[][] = [];
  for (const node of functions) {
    stacks.push([...(stacks[node.parent] ?? []), frames.indexOf(node)]);
  }
  const withTime = functions.flatMap((node, i) => (node.selfMs > 0 ? [i] : []));
  const weights = withTime.map(i => functions[i]?.selfMs ?? 0);
  return {
    endValue: weights.reduce<number>((a, b) => a + b, 0),
    samples: withTime.map(i => stacks[i] ?? []),
    weights,
  };
}

/** Every frame once, whichever cell called it. */
class FrameTable {
  readonly all: Frame[] = [];
  readonly #indices = new Map<string, number>();

  indexOf(node: FunctionNode): number {
    const frame = toFrame(node);
    const key = JSON.stringify(frame);
    const index = this.#indices.get(key) ?? this.all.push(frame) - 1;
    this.#indices.set(key, index);
    return index;
  }
}

function toFrame(node: FunctionNode): Frame {
  const name = treeName(node);
  if (!node.source) return { name };
  const file = 'file' in node.source ? node.source.file : `cell [${node.source.executionCount}]`;
  return { name, file, line: node.source.line };
}
