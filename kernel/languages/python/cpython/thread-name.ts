/** What a person would call a thread: the function that it was started with. */
import type { Frame, StackNode } from '../../../sampling/stacks.ts';

/** The frames that every thread begins with. */
const MACHINERY = /(?:^|\/)(?:threading|concurrent\/futures\/thread)\.py$/;

export function threadName(nodes: readonly StackNode[], frames: readonly Frame[]): string {
  let best: { readonly name: string; readonly samples: number } | undefined;
  for (const node of nodes) {
    const frame = frames[node.frame];
    if (!frame || MACHINERY.test(frame.file)) continue;
    if (!beginsHere(nodes, frames, node)) continue;
    const samples = node.samples;
    if (!best || samples > best.samples) best = { name: frame.function, samples };
  }
  return best ? `thread ${best.name}` : 'thread';
}

/** Whether every caller of this frame is threading machinery. */
function beginsHere(
  nodes: readonly StackNode[],
  frames: readonly Frame[],
  node: StackNode,
): boolean {
  const parent = nodes[node.parent];
  const caller = parent && frames[parent.frame];
  return caller === undefined || MACHINERY.test(caller.file);
}
