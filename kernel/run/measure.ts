/** Turns a finished run into a cell of the profile: asks the worker, the agent and the language, each with a limit. */
import type { Cell } from '../../src/profile/index.ts';
import { bytes, ms } from '../../src/profile/units.ts';
import type { CellDetail, CellRequest, LanguageSession } from '../languages/adapter.ts';
import { noDetail } from '../languages/no-detail.ts';
import type { ResourceUsage, SampledCell, StartRequest } from '../sampling/index.ts';
import type { StackResult } from '../sampling/stacks.ts';
import { buildCell } from './build-cell.ts';
import type { CellRun } from './cell-run.ts';
import type { AnnouncedCell } from './wish.ts';

/** How long the figures wait for a reply that comes on another socket than the idle status. */
const REPLY_WAIT_MS = 1000;

/** Samples taken before the first cell, so that they and not the cell's own pay for the sampler's start. */
const REHEARSAL_MS = 100;
const REHEARSAL: CellRequest = {
  msgId: 'rehearsal',
  code: '',
  magicLines: 0,
  profile: { memory: 'rss', lines: true },
  skip: false,
};

/** The part of the sampling worker's client that a run needs. */
export interface CellSampling {
  start(request: StartRequest): void;
  /** @throws Error when the worker is gone or late. */
  end(cell: string): Promise<SampledCell>;
  /** @throws Error as `end` does. */
  peek(cell: string): Promise<SampledCell>;
}

export interface CellPlace {
  readonly index: number;
  readonly announced: AnnouncedCell | undefined;
}

export class CellMeasurer {
  constructor(
    private readonly sampling: CellSampling,
    private readonly language: LanguageSession,
    private readonly kernelPid: number,
  ) {}

  /**
   * Samples the idle kernel for a moment: a first sample finds the interpreter's layout, opens files and is compiled
   * itself, which takes as long as many a cell.
   */
  rehearse(): void {
    const stacks = this.language.stackTarget(REHEARSAL);
    if (!stacks) return;
    const cell = REHEARSAL.msgId;
    this.sampling.start({ cell, pid: this.kernelPid, stacks, resetPeak: false });
    const end = (): void => void this.sampling.end(cell).catch(() => undefined);
    setTimeout(end, REHEARSAL_MS).unref();
  }

  start(run: CellRun): void {
    run.isSampled = true;
    const stacks = this.language.stackTarget(run.request);
    this.sampling.start({
      cell: run.request.msgId,
      pid: this.kernelPid,
      ...(this.language.kernelPid !== undefined && { kernelPid: this.language.kernelPid }),
      ...(stacks && { stacks }),
      ...(run.options?.rateHz !== undefined && { rateHz: run.options.rateHz }),
      resetPeak: !this.language.resetsPeak,
    });
  }

  /**
   * Never fails: what could not be measured is told in the cell.
   * @param died the kernel is gone, and no reply will come.
   */
  async finish(run: CellRun, place: CellPlace, died = false): Promise<Cell> {
    const failures: string[] = [];
    if (run.reply === undefined && !died) await repliedWithin(run, REPLY_WAIT_MS);
    const sampled = run.isSampled ? await this.#sampled(run, failures) : undefined;
    return buildCell({
      run,
      status: died ? 'died' : (run.reply?.status ?? 'ok'),
      index: place.announced?.index ?? place.index,
      label: place.announced?.label,
      usage: sampled?.usage ?? (run.isSampled ? notMeasured(failures) : KERNEL_ALONE),
      marks: this.language.marks(run.request.msgId),
      detail: await this.#detail(run, sampled?.stacks, failures),
      failures,
    });
  }

  /** The figures so far of a cell that runs. @throws Error when the worker does not answer. */
  async look(run: CellRun, place: CellPlace): Promise<Cell> {
    const { msgId } = run.request;
    const { usage, stacks } = await this.sampling.peek(msgId);
    return buildCell({
      run: { ...run, idleDate: new Date().toISOString() },
      status: 'running',
      index: place.announced?.index ?? place.index,
      label: place.announced?.label,
      usage,
      marks: undefined,
      detail: (await this.language.look?.(run.request, run.executionCount, stacks)) ?? noDetail(),
      failures: [],
    });
  }

  async #sampled(run: CellRun, failures: string[]): Promise<SampledCell | undefined> {
    try {
      return await this.sampling.end(run.request.msgId);
    } catch (error) {
      failures.push(`Resources were not measured: ${(error as Error).message}.`);
      return undefined;
    }
  }

  async #detail(
    run: CellRun,
    stacks: StackResult | undefined,
    failures: string[],
  ): Promise<CellDetail> {
    try {
      return await this.language.finish(run.request, run.executionCount, stacks);
    } catch (error) {
      failures.push(`Lines were not measured: ${(error as Error).message}.`);
      return noDetail();
    }
  }
}

function repliedWithin(run: CellRun, limitMs: number): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, limitMs);
    timer.unref();
    run.onReply = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

function notMeasured(notes: readonly string[]): ResourceUsage {
  const nothing = bytes(0);
  const io = {
    readBytes: nothing,
    writeBytes: nothing,
    storageReadBytes: nothing,
    storageWriteBytes: nothing,
  };
  const cpu = { cpuUserMs: ms(0), cpuSystemMs: ms(0) };
  const rss = { startRssBytes: nothing, endRssBytes: nothing, peakRssBytes: nothing };
  return {
    ...cpu,
    ...rss,
    peakMethod: 'unavailable',
    series: {
      tMs: [],
      rssBytes: [],
      cpuCores: [],
      readBytesPerSecond: [],
      writeBytesPerSecond: [],
    },
    io: { ...io, note: notes.join(' ') },
    processes: [],
    kernel: { ...cpu, ...rss, io },
    notes,
  };
}

/** For a cell that the worker never saw: the agent's figures take the places of these. */
const KERNEL_ALONE: ResourceUsage = {
  ...notMeasured(['A cell that is over at once is measured without its child processes.']),
  io: notMeasured([]).kernel.io,
};
