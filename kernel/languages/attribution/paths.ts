/**
 * Which of the sampled stacks count, and which of their frames.
 *
 * On the main thread everything outside of the first frame of the user's is the kernel's machinery. Other threads and
 * processes count while they run, or while code of the user's waits in them; a kernel's own idle threads do not.
 */
import type { ByteDelta, Milliseconds, OffCpu } from '../../../src/profile/index.ts';
import { OFF_CPU_CAUSES } from '../../../src/profile/causes.ts';
import { byteDelta, ms } from '../../../src/profile/units.ts';
import type { StackGroup, StackNode, StackResult } from '../../sampling/stacks.ts';
import type { ResolvedFrame } from './resolved-frames.ts';

/** The time at one node of a group's tree, with the stack that counts. */
export interface CountedPath {
  readonly group: StackGroup;
  /** Outermost first. Empty: machinery alone. */
  readonly frames: readonly ResolvedFrame[];
  readonly selfMs: Milliseconds;
  readonly offCpuMs: OffCpu;
  readonly samples: number;
  readonly rssGrowthBytes: ByteDelta;
  /** By path. */
  readonly fileWaitMs: Readonly<Record<string, number>>;
}

export function countedPaths(
  stacks: StackResult,
  resolved: readonly ResolvedFrame[],
): CountedPath[] {
  return stacks.groups.flatMap(group =>
    group.nodes.flatMap(node => {
      if (isEmpty(node)) return [];
      const path = countedPath(group, node, resolved);
      return path ? [path] : [];
    }),
  );
}

function isEmpty(node: StackNode): boolean {
  return node.rssGrowthBytes === 0 && node.samples === 0 && totalOf(node) === 0;
}

const totalOf = ({ selfMs }: StackNode): number =>
  OFF_CPU_CAUSES.reduce((sum, cause) => sum + selfMs[cause], selfMs.cpu);

function countedPath(
  group: StackGroup,
  node: StackNode,
  resolved: readonly ResolvedFrame[],
): CountedPath | undefined {
  const frames = framesOf(group, node, resolved);
  const entry = frames.findLastIndex(frame => frame.isEntry);
  const begin = entry + 1;
  const firstUsers = frames.findIndex((frame, index) => index >= begin && frame.isUsers);
  const { samples, fileWaitMs = {} } = node;
  const rssGrowthBytes = byteDelta(node.rssGrowthBytes);
  if (firstUsers >= 0 || group.kind === 'main') {
    return {
      group,
      frames:
        firstUsers >= 0 ? frames.slice(firstUsers) : frames.filter(frame => frame.standsAlone),
      selfMs: ms(totalOf(node)),
      offCpuMs: offCpuOf(node),
      samples,
      rssGrowthBytes,
      fileWaitMs,
    };
  }
  if (node.selfMs.cpu === 0 || frames[begin]?.isHousekeeping) return undefined;
  const selfMs = ms(node.selfMs.cpu);
  const offCpuMs = noOffCpu();
  return {
    group,
    frames: frames.slice(begin),
    selfMs,
    offCpuMs,
    samples,
    rssGrowthBytes,
    fileWaitMs: {},
  };
}

/** The stack that ends in a node, outermost first. */
export function framesOf(
  group: StackGroup,
  leaf: StackNode,
  resolved: readonly ResolvedFrame[],
): ResolvedFrame[] {
  const frames: ResolvedFrame[] = [];
  for (let node: StackNode | undefined = leaf; node && node.parent >= 0;) {
    const frame = resolved[node.frame];
    if (frame) frames.push(frame);
    node = group.nodes[node.parent];
  }
  return frames.reverse();
}

export function noOffCpu(): OffCpu {
  return { disk: ms(0), network: ms(0), lock: ms(0), sleep: ms(0), wait: ms(0), other: ms(0) };
}

export function offCpuOf({ selfMs }: StackNode): OffCpu {
  const offCpu = noOffCpu();
  for (const cause of OFF_CPU_CAUSES) offCpu[cause] = ms(selfMs[cause]);
  return offCpu;
}

export function addOffCpu(into: OffCpu, from: OffCpu): void {
  for (const cause of OFF_CPU_CAUSES) into[cause] = ms(into[cause] + from[cause]);
}
