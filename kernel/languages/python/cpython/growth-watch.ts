/** Looks at a process's resident memory with every sample, and tells the ledger which thread it grew in. */
import { performance } from 'node:perf_hooks';
import { ProcFile, scratch } from '../../../sampling/procfs/proc-file.ts';
import { parseWord } from '../../../sampling/procfs/parse.ts';
import { readProcUnits } from '../../../sampling/procfs/units.ts';
import { GrowthLedger, type Place } from './growth-ledger.ts';
import type { ThreadSampler } from './thread-sampler.ts';

export class GrowthWatch {
  readonly ledger = new GrowthLedger();
  private readonly statm: ProcFile;
  private readonly pageBytes = readProcUnits('/proc').pageBytes;
  private rssBytes: number;

  /** @param isUsers whether a frame's code is the user's; always the same for a frame. */
  constructor(
    pid: number,
    private readonly isUsers: (frame: number) => boolean,
  ) {
    this.statm = new ProcFile(`/proc/${pid}/statm`);
    this.rssBytes = this.readRssBytes();
  }

  /**
   * @param running threads on the CPU, the main thread first.
   * @param lastMs when the stacks of the sample before began to be read: nothing that is seen here is older.
   */
  see(running: readonly ThreadSampler[], lastMs: number): void {
    const rssBytes = this.readRssBytes();
    if (rssBytes < 0) return;
    const grown = this.rssBytes < 0 ? 0 : rssBytes - this.rssBytes;
    this.rssBytes = rssBytes;
    const thread = running.length > 1 ? faultedMost(running) : running[0];
    this.ledger.see(thread && this.placeOf(thread), grown, performance.now() - lastMs);
  }

  close(): void {
    this.statm.close();
  }

  /** Where library code grows, it is the user's line that called it that is asked for. */
  private placeOf({ group: { tree }, leaf }: ThreadSampler): Place | undefined {
    return leaf && { tree, node: tree.innermost(leaf.node, this.isUsers) || leaf.node };
  }

  private readRssBytes(): number {
    const length = this.statm.read();
    const pages = length > 0 ? parseWord(scratch, length, 1) : -1;
    return pages < 0 ? -1 : pages * this.pageBytes;
  }
}

/** Threads that run at once share one figure of memory; page faults tell which of them touched new pages. */
function faultedMost(running: readonly ThreadSampler[]): ThreadSampler | undefined {
  let [most, found] = [0, running[0]];
  for (const thread of running) {
    const faults = thread.newFaults() ?? 0;
    if (faults > most) [most, found] = [faults, thread];
  }
  return found;
}
