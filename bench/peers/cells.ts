/** The kernels that the cells run in: bare and wrapped, with the cores that the machine has and with one. */
import type { Cell } from '../../src/profile/index.ts';
import { profileCell } from '../../test/integration/run/profiled-cell.ts';
import {
  startBareKernel,
  startWrappedKernel,
  type StartedKernel,
} from '../../test/support/kernels.ts';
import { sleep } from '../../test/support/processes.ts';
import { COMMON_ENV, toldIn, type Told } from './scripts.ts';

/** `bare again` is a second kernel like the first: what they differ by is the noise of all figures. */
export const KERNELS = ['bare', 'bare again', 'us', 'bare, one core', 'us, one core'] as const;
export type KernelKind = (typeof KERNELS)[number];

const ONE_CORE = ['taskset', '--cpu-list', '0'];
const WITHIN_MS = 100_000;
/** The hook writes and sends a cell's profile after the cell. */
const SETTLE_MS = 150;

export interface CellDone {
  readonly told: Told;
  /** Where it was profiled. */
  readonly cell?: Cell;
}

export class Kernels {
  private constructor(private readonly kernels: ReadonlyMap<KernelKind, StartedKernel>) {}

  /** Fresh ones: where things lie in a process's memory changes its speed by per cents, and must not favour one. */
  static async start(kinds: readonly KernelKind[], startedBy: readonly string[]): Promise<Kernels> {
    const started = new Map<KernelKind, StartedKernel>();
    for (const kind of kinds) {
      const start = kind.startsWith('us') ? startWrappedKernel : startBareKernel;
      const pinned = kind.endsWith('one core') ? ONE_CORE : [];
      started.set(kind, await start({ env: COMMON_ENV, startedBy: [...startedBy, ...pinned] }));
    }
    return new Kernels(started);
  }

  async run(kind: KernelKind, code: string, magic = '%%pyperf'): Promise<CellDone> {
    if (!kind.startsWith('us')) return this.plain(kind, code);
    const kernel = await this.settled(kind);
    const { cell, stdout } = await profileCell(kernel.client, `${magic}\n${code}`);
    return { cell, told: toldIn(stdout) };
  }

  /** Runs a cell without the magic, in any kernel. */
  async plain(kind: KernelKind, code: string): Promise<CellDone> {
    const kernel = await this.settled(kind);
    const { stdout } = await kernel.client.execute(code, { timeoutMs: WITHIN_MS });
    return { told: toldIn(stdout) };
  }

  private async settled(kind: KernelKind): Promise<StartedKernel> {
    const kernel = this.kernels.get(kind);
    if (!kernel) throw new Error(`there is no kernel "${kind}"`);
    kernel.client.seen.length = 0;
    await sleep(SETTLE_MS);
    return kernel;
  }

  /** Runs a cell that nobody measures. */
  async prepare(kind: KernelKind, code: string): Promise<void> {
    await this.kernels.get(kind)?.client.execute(code);
  }

  async stop(): Promise<void> {
    for (const kernel of this.kernels.values()) await kernel.stop();
  }
}
