/** How long a thread really ran, and what its blocking calls were waiting for. */
import { readFileSync } from 'node:fs';
import type { OffCpuCause } from '../../../../src/profile/index.ts';
import type { ProfileTree, TreeNode } from './profile-tree.ts';
import type { BlockedTime } from './to-stacks.ts';

/** Native functions of Node that block their thread in the system, by how they appear in V8's profiles. */
const BLOCKING: readonly (readonly [RegExp, OffCpuCause])[] = [
  [/^(spawn|spawnSync)$/, 'wait'],
  [/^(wait|atomicsWait)$/i, 'sleep'],
  [
    /^(open|close|read|readSync|readFileUtf8|readBuffers|write|writeString|writeBuffer|writeBuffers|writeFileUtf8|writeSync|fsync|fdatasync|stat|lstat|fstat|statfs|readdir|mkdir|rmdir|rmSync|unlink|rename|copyFile|cpSyncCheckPaths|openFileHandle|ftruncate|existsSync|internalModuleStat|access|realpath|symlink|link|utimes|chmod)$/,
    'disk',
  ],
];

/** Less than this is the clock's grain. */
const NOTICEABLE = 0.02;

/** @returns microseconds that the thread ran or was ready to run since its start; undefined where unknown. */
export function threadRunTimeUs(threadId: number): number | undefined {
  try {
    // Documentation/scheduler/sched-stats.rst: nanoseconds on a CPU, then on a run queue.
    const stat = readFileSync(`/proc/self/task/${threadId}/schedstat`, 'utf8');
    const [onCpu, queued] = stat.split(' ');
    return (Number(onCpu) + Number(queued)) / 1000;
  } catch {
    return undefined;
  }
}

/**
 * V8's samples tell where a thread is, not whether it runs. The time that it was neither idle nor ready to run is put to the native functions that are known to block, in equal parts of their time.
 *
 * @param missingUs time in which the thread was in some function, but not ready to run.
 */
export function blockedTime(tree: ProfileTree, missingUs: number): BlockedTime {
  let blockableUs = 0;
  const visit = (node: TreeNode): void => {
    if (causeOf(node) !== undefined) blockableUs += node.selfUs;
    for (const child of node.children.values()) visit(child);
  };
  for (const root of tree.roots.values()) visit(root);
  const part = blockableUs > 0 ? Math.min(1, Math.max(0, missingUs) / blockableUs) : 0;
  return {
    stateOf: native => {
      const state = BLOCKING.find(([pattern]) => pattern.test(native))?.[1];
      return state === undefined || part < NOTICEABLE ? undefined : { state, part };
    },
  };
}

const causeOf = (node: TreeNode): OffCpuCause | undefined =>
  node.call.url === ''
    ? BLOCKING.find(([pattern]) => pattern.test(node.call.functionName))?.[1]
    : undefined;
