/** V8's sampling heap profile, summed by function. */
import type { AllocationRecord } from '../told.ts';
import type { Scripts } from './scripts.ts';
import type { CallFrame } from './v8-profile.ts';

interface HeapNode {
  readonly callFrame: CallFrame;
  readonly selfSize: number;
  readonly children: readonly HeapNode[];
}

const MOST = 200;

/**
 * What a library or the engine allocated counts for the user's function that called it; without one it is left out, as
 * what tslab itself allocates is.
 * @param result of `HeapProfiler.stopSampling`; V8 has scaled its sizes to all allocations.
 */
export function allocationsOf(result: unknown, scripts: Scripts): AllocationRecord[] {
  const head = (result as { readonly profile?: { readonly head?: HeapNode } }).profile?.head;
  const byFunction = new Map<string, AllocationRecord>();
  const visit = (node: HeapNode, around: Omit<AllocationRecord, 'bytes'> | undefined): void => {
    const place = scripts.place(node.callFrame);
    const own = place.script
      ? { function: place.function, file: place.file, line: place.firstLine }
      : around;
    if (own && node.selfSize > 0) {
      const key = `${own.file}:${own.line}:${own.function}`;
      const bytes = (byFunction.get(key)?.bytes ?? 0) + node.selfSize;
      byFunction.set(key, { ...own, bytes });
    }
    for (const child of node.children) visit(child, own);
  };
  if (head) visit(head, undefined);
  return [...byFunction.values()].sort((a, b) => b.bytes - a.bytes).slice(0, MOST);
}
