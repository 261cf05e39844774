/**
 * Draws a `StackResult` from lines of text: `weight state: frame > frame`, outermost first; a wait for a file is
 * `weight state path: frame`. A frame is
 * `function@file:line`, or `function@file:line/firstLine`. Files decide whose code it is, see `resolver`.
 */
import type { FrameResolver } from '../../../kernel/languages/attribution/index.ts';
import type {
  Frame,
  StackGroup,
  StackNode,
  StackResult,
  ThreadState,
} from '../../../kernel/sampling/stacks.ts';
import { ms } from '../../../src/profile/index.ts';

export type GroupText = { kind?: StackGroup['kind']; name?: string; pid?: number; stacks: string };

type MutableNode = { -readonly [K in keyof StackNode]: StackNode[K] } & {
  selfMs: Record<ThreadState, number>;
};

export function drawStacks(
  groups: readonly GroupText[],
  more: Partial<StackResult> = {},
): StackResult {
  const frames: Frame[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (text: string): number => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    const match = /^(.+)@(.+):(\d+)(?:\/(\d+))?$/.exec(text);
    if (!match) throw new Error(`no frame: ${text}`);
    const [, name = '', file = '', line = '', first = '1'] = match;
    numbers.set(text, frames.length);
    frames.push({ function: name, file, line: Number(line), firstLine: Number(first) });
    return frames.length - 1;
  };
  return {
    groups: groups.map(({ kind = 'main', name = kind, pid = 1, stacks }) => ({
      kind,
      name,
      pid,
      nodes: drawNodes(stacks, numberOf),
    })),
    frames,
    samples: 0,
    dropped: 0,
    intervalMs: ms(1),
    notes: [],
    ...more,
  };
}

function drawNodes(stacks: string, numberOf: (text: string) => number): StackNode[] {
  const nodes: MutableNode[] = [emptyNode(-1, -1)];
  for (const text of stacks.split('\n').filter(line => line.trim() !== '')) {
    const match = /^\s*([\d.]+) (\w+)(?: (\/\S+))?(?: \+(\d+))?:(.*)$/.exec(text);
    if (!match) throw new Error(`no stack: ${text}`);
    const [, weight, state, file, growth, path = ''] = match;
    let at = 0;
    for (const frame of path
      .split(' > ')
      .map(part => part.trim())
      .filter(Boolean)) {
      const number = numberOf(frame);
      let next = nodes.findIndex(node => node.parent === at && node.frame === number);
      if (next < 0) next = nodes.push(emptyNode(at, number)) - 1;
      at = next;
    }
    const leaf = nodes[at] as MutableNode;
    leaf.selfMs[state as ThreadState] += Number(weight);
    if (file !== undefined) {
      const waits = leaf.fileWaitMs ?? {};
      leaf.fileWaitMs = { ...waits, [file]: (waits[file] ?? 0) + Number(weight) };
    }
    leaf.samples += 1;
    leaf.rssGrowthBytes += Number(growth ?? 0);
  }
  return nodes;
}

function emptyNode(parent: number, frame: number): MutableNode {
  const selfMs = { cpu: 0, disk: 0, network: 0, lock: 0, sleep: 0, wait: 0, other: 0 };
  return { parent, frame, selfMs, samples: 0, rssGrowthBytes: 0 };
}

/** `cellN` is the cell with that execution count, `lib/x` a library's, `run` the runtime; the rest are the user's. */
export const resolver: FrameResolver = {
  origin: file => {
    const cell = /^cell(\d+)$/.exec(file)?.[1];
    if (cell !== undefined) return { kind: 'cell', executionCount: Number(cell), lineOffset: 0 };
    if (file === 'run') return { kind: 'runtime' };
    const library = /^lib\/(\w+)/.exec(file)?.[1];
    return library === undefined ? { kind: 'file', file } : { kind: 'library', package: library };
  },
  text: source => ('file' in source ? undefined : `line ${source.line}`),
  isEntry: frame => frame.function === 'bootstrap',
  isHousekeeping: frame => frame.function === 'housekeep',
};
