/** What the file descriptors of another process are. */
import { readlinkSync } from 'node:fs';
import type { OffCpuCause } from '../../../../src/profile/index.ts';

export interface Descriptor {
  readonly cause: OffCpuCause;
  /** Set for a file in storage. */
  readonly path: string | undefined;
}

/** A number may name another file a moment later. */
const TRUSTED_MS = 20;
const MOST_KNOWN = 256;
const UNKNOWN: Descriptor = { cause: 'other', path: undefined };

export class Descriptors {
  private readonly known = new Map<number, { descriptor: Descriptor; readMs: number }>();

  constructor(private readonly pid: number) {}

  find(number: number, nowMs: number): Descriptor {
    const known = this.known.get(number);
    if (known && nowMs - known.readMs < TRUSTED_MS) return known.descriptor;
    if (this.known.size > MOST_KNOWN) this.known.clear();
    const descriptor = this.read(number);
    this.known.set(number, { descriptor, readMs: nowMs });
    return descriptor;
  }

  private read(number: number): Descriptor {
    try {
      return describe(readlinkSync(`/proc/${this.pid}/fd/${number}`));
    } catch {
      return UNKNOWN;
    }
  }
}

/**
 * @param target of the link in `/proc/<pid>/fd`, proc(5).
 * Pipes and event descriptors count as `wait`: somebody else must write first, and no file is to blame.
 */
export function describe(target: string): Descriptor {
  if (target.startsWith('socket:')) return { cause: 'network', path: undefined };
  if (target.startsWith('pipe:') || target.startsWith('anon_inode:')) {
    return { cause: 'wait', path: undefined };
  }
  if (target.startsWith('/') && !/^\/(dev|proc|sys)\//.test(target)) {
    return { cause: 'disk', path: target.replace(/ \(deleted\)$/, '') };
  }
  return UNKNOWN;
}
