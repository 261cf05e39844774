/** What V8 and our looks saw of a cell, made up. */
import { SeenCalls, type LookFrame } from '../../../kernel/languages/node/inside/look.ts';
import type { TreeNode } from '../../../kernel/languages/node/inside/profile-tree.ts';
import { Scripts } from '../../../kernel/languages/node/inside/scripts.ts';
import type { CallFrame } from '../../../kernel/languages/node/inside/v8-profile.ts';

export const CELL = 'cell[1].ts';
const WRAPPER = '(async function() {';

/** JavaScript by its script's name, as it runs. Each line is one of the cell's but those of `notTheUsers`. */
export function scriptsOf(
  code: Readonly<Record<string, string>>,
  notTheUsers: readonly number[] = [],
): Scripts {
  const scripts = new Scripts('/ours');
  for (const [script, text] of Object.entries(code)) {
    const lines = text.split('\n').map((_line, index) => index + 1);
    const table = lines.map(line => (notTheUsers.includes(line) ? 0 : line));
    const wrapperColumns = WRAPPER.length;
    scripts.add({ script, file: script, code: text, table, wrapperColumns });
  }
  return scripts;
}

/** Microseconds by line, counted from 1. */
export type LineUs = Readonly<Record<number, number>>;

/** @param own self time in microseconds, whole or by line. */
export function treeNode(
  call: CallFrame,
  own: LineUs | number = {},
  children: readonly TreeNode[] = [],
): TreeNode {
  const lineUs = new Map(
    typeof own === 'number' ? [] : Object.entries(own).map(([line, us]) => [Number(line), us]),
  );
  return {
    call,
    parent: undefined,
    children: new Map(children.map((child, index) => [String(index), child])),
    selfUs: typeof own === 'number' ? own : [...lineUs.values()].reduce((sum, us) => sum + us, 0),
    blockedUs: 0,
    samples: 1,
    lineUs,
    betweenUs: new Map(),
  };
}

/** Each look stands for a millisecond. */
export function seenCalls(...looks: readonly (readonly LookFrame[])[]): SeenCalls {
  const calls = new SeenCalls(0);
  looks.forEach((frames, index) => {
    calls.add({ atUs: index * 1000 + 500, frames, resources: [] });
  });
  calls.close(looks.length * 1000);
  return calls;
}
