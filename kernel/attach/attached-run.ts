/** Cell runs as the kernel's own side tells them: the hook's work (`kernel/run/run.ts`) without its messages. */
import { timestamp } from '../../src/profile/units.ts';
import type { LanguageSession } from '../languages/adapter.ts';
import { FindingsClient } from '../findings/client.ts';
import { answersTo, type Answer } from '../run/answers.ts';
import { findingsOf, warmLater } from '../run/cell-findings.ts';
import { toRequest } from '../run/cell-messages.ts';
import type { CellReply, CellRun } from '../run/cell-run.ts';
import { EveryCell } from '../run/every-cell.ts';
import { parseMagic } from '../run/magic.ts';
import type { CellMeasurer } from '../run/measure.ts';
import type { Recorder } from '../run/recorder.ts';

type Plan = Readonly<Record<string, unknown>>;

export class AttachedRun {
  readonly #findings = new FindingsClient();
  readonly #everyCell = new EveryCell();
  readonly #runs = new Map<string, CellRun>();

  constructor(
    private readonly language: LanguageSession,
    private readonly measurer: CellMeasurer,
    private readonly recorder: Recorder,
    private readonly log: (line: string) => void,
  ) {}

  /** Of code that may be a cell: nothing begins. */
  look(code: string): Plan {
    return this.#prepared('', code).plan;
  }

  begin(id: string, code: string, cellId: string | null): Plan {
    const { request, magic, options, plan } = this.#prepared(id, code);
    this.#everyCell.switch(magic?.action);
    const now = timestamp(new Date());
    const run: CellRun = {
      request,
      cellId,
      action: magic?.action,
      options,
      held: magic !== undefined || options !== undefined,
      kernelRaises: true,
      stopsOnError: true,
      arrivedAt: now,
      arrivedNs: process.hrtime.bigint(),
      busyDate: now,
      inputDate: now,
      executionCount: null,
      isSampled: false,
      released: false,
    };
    this.#runs.set(id, run);
    this.measurer.start(run);
    if (options) run.toFind = warmLater(this.#findings);
    if (options?.quiet === false) void import('../run/display.ts');
    return plan;
  }

  async end(id: string, error: CellReply['error'] | null): Promise<readonly Answer[]> {
    const run = this.#runs.get(id);
    if (!run) return [];
    this.#runs.delete(id);
    clearTimeout(run.toFind);
    run.idleDate = run.replyDate = new Date().toISOString();
    run.reply = error ? { status: 'error', error } : { status: 'ok' };
    run.executionCount = this.language.startOf?.(id)?.executionCount ?? null;
    const place = { index: this.recorder.count, announced: undefined };
    const cell = await this.measurer.finish(run, place);
    const isWork = run.action === undefined || run.action.kind === 'profile';
    if (isWork) {
      this.recorder.add(cell);
      if (run.options)
        this.recorder.found(cell, await findingsOf(cell, this.recorder, this.#findings));
    }
    return run.held ? answersTo(run, cell, { recorder: this.recorder, log: this.log }) : [];
  }

  #prepared(id: string, code: string) {
    const magic = parseMagic(code);
    const options =
      magic?.action.kind === 'profile'
        ? magic.action.options
        : magic
          ? undefined
          : this.#everyCell.options;
    const request = toRequest(id, code, magic, options);
    const plan: Plan = this.language.prepare(request).metadata ?? {};
    return { request, magic, options, plan };
  }
}
