/** Who waits while the thread is idle, and for what, as far as the process can tell. Pure. */
import type { OffCpuCause } from '../../../../src/profile/index.ts';

/** Kinds that `process.getActiveResourcesInfo()` tells, in the order in which they win: a timeout often guards another. */
const CAUSES: readonly (readonly [RegExp, OffCpuCause])[] = [
  [/^(FSReq|FileHandle|DirHandle)/, 'disk'],
  [/^(TCP|TLS|UDP|GetAddrInfo|GetNameInfo|QueryReq|HTTP|PipeConnect|ChannelWrap)/i, 'network'],
  [/^(Process|Pipe|Worker|MessagePort|TTY)/, 'wait'],
  [/^(Timeout|Immediate)/, 'sleep'],
];

/**
 * What several looks at the same wait tell, the most telling first.
 * @param baseline how often each kind was there before the cell ran.
 */
export function causeOf(
  looks: readonly (readonly string[])[],
  baseline: ReadonlyMap<string, number>,
): OffCpuCause | undefined {
  for (const resources of looks) {
    const cause = causeAtLook(resources, baseline);
    if (cause !== undefined) return cause;
  }
  // A timer of an earlier cell may have ended since, and one of this cell have taken its place in the count.
  return looks.some(resources => resources.includes('Timeout')) ? 'sleep' : undefined;
}

function causeAtLook(
  resources: readonly string[],
  baseline: ReadonlyMap<string, number>,
): OffCpuCause | undefined {
  const counts = countKinds(resources);
  for (const [pattern, cause] of CAUSES)
    for (const [kind, count] of counts)
      if (pattern.test(kind) && count > (baseline.get(kind) ?? 0)) return cause;
  return undefined;
}

export function countKinds(resources: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of resources) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/** Something that happened to an `await` of the cell. */
export interface AwaitEvent {
  readonly atUs: number;
  /** Counts up with every await that begins. */
  readonly token: number;
  /** -1 when the await's operand has settled. */
  readonly site: number;
}

/** Follows which awaits are pending, oldest first: the chain from the cell's own line to the innermost one. */
export class PendingAwaits {
  readonly #pending = new Map<number, number>();

  apply(event: AwaitEvent): void {
    if (event.site < 0) this.#pending.delete(event.token);
    else this.#pending.set(event.token, event.site);
  }

  /** Sites, a site that waits several times once, at its oldest place. */
  sites(): number[] {
    return [...new Set(this.#pending.values())];
  }
}
