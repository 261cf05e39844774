/**
 * Watches the traffic for cell runs: what a magic asks for, when a cell starts and ends, and where its report goes.
 * Everything else passes through untouched.
 *
 * A cell that shows something of ours has its `idle` status and its `execute_reply` held until the display is sent.
 */
import type { Cell, Profile } from '../../src/profile/index.ts';
import type { LanguageSession } from '../languages/adapter.ts';
import type { ProxyLink, ProxyTap } from '../proxy/tap.ts';
import type { FindingsClient } from '../findings/client.ts';
import type { JupyterMessage } from '../wire/message.ts';
import type { Session } from '../wire/session.ts';
import { answersTo, type Answer } from './answers.ts';
import { findingsOf, warmLater } from './cell-findings.ts';
import { CellRequests } from './cell-requests.ts';
import type { CellRun } from './cell-run.ts';
import { Comms } from './comms.ts';
import { HeldReplies } from './held-replies.ts';
import { asTheKernelRanIt } from './in-the-users-words.ts';
import { marked } from './kernel-info.ts';
import type { CellMeasurer } from './measure.ts';
import { OrderedChannel } from './ordered-channel.ts';
import { PendingClears } from './pending-clears.ts';
import type { Recorder } from './recorder.ts';
import { StartWatch } from './start-watch.ts';
import { Voice } from './voice.ts';

/** A cell without lines that ends sooner is measured by the agent alone. */
const SHORT_CELL_MS = 10;

export interface RunOptions {
  readonly link: ProxyLink;
  readonly session: Session;
  readonly language: LanguageSession;
  readonly measurer: CellMeasurer;
  readonly recorder: Recorder;
  readonly findings: FindingsClient;
  readonly version: string;
  readonly tellsFigures: boolean;
  readonly log: (line: string) => void;
}

export class Run implements ProxyTap {
  readonly #options: RunOptions;
  readonly #voice: Voice;
  readonly #comms: Comms;
  readonly #starts: StartWatch;
  readonly #requests: CellRequests;
  readonly #replies: HeldReplies;
  readonly #clears = new PendingClears();
  readonly #runs = new Map<string, CellRun>();
  readonly #iopub = new OrderedChannel(message => this.#fromIopub(message));
  /** As the kernel itself told last. */
  #isIdle = true;

  constructor(options: RunOptions) {
    this.#options = options;
    const { link, session, language, version, recorder, log } = options;
    const { signer } = session;
    this.#voice = new Voice(link, session);
    this.#replies = new HeldReplies({
      link,
      signer,
      language,
      version,
      runs: this.#runs,
      onReleased: run => this.#requests.released(run),
    });
    this.#starts = new StartWatch({
      runs: this.#runs,
      startOf: msgId => options.language.startOf?.(msgId),
      onStart: (run, { executionCount }) => {
        run.executionCount = executionCount;
        this.#started(run, new Date().toISOString());
      },
    });
    this.#comms = new Comms({
      voice: this.#voice,
      version,
      recorder,
      lookAtRunningCell: () => this.#look(),
      isCellRunning: () => this.#running !== undefined,
      isKernelBusy: () => !this.#isIdle || [...this.#runs.values()].some(isOpen),
    });
    this.#requests = new CellRequests({
      link,
      signer,
      language,
      comms: this.#comms,
      voice: this.#voice,
      log,
      tellsFigures: options.tellsFigures,
      onCell: run => {
        this.#runs.set(run.request.msgId, run);
        if (language.startOf) this.#starts.watch();
      },
    });
  }

  fromClient(channel: 'shell' | 'control', message: JupyterMessage): void {
    if (channel === 'shell') this.#requests.push(message);
    else {
      const { link, language, session } = this.#options;
      link.toKernel('control', asTheKernelRanIt(message, language, session.signer));
    }
  }

  fromKernel(channel: 'shell' | 'control' | 'iopub', message: JupyterMessage): void {
    const { link, version, session } = this.#options;
    this.#voice.heardKernel(message);
    switch (channel) {
      case 'shell':
        return this.#replies.push(message);
      case 'control':
        return link.toClients('control', marked(message, version, session.signer));
      case 'iopub':
        this.#replies.sawIopub();
        return this.#iopub.push(message);
    }
  }

  /** Listeners are told of the cells that a dead kernel was running, as far as they were measured. */
  async kernelDied(): Promise<void> {
    for (const run of this.#runs.values()) {
      if (run.busyDate === undefined || run.idleDate !== undefined) continue;
      run.idleDate = new Date().toISOString();
      clearTimeout(run.toSample);
      const cell = await this.#options.measurer.finish(run, this.#place(run), true);
      this.#comms.publish(this.#options.recorder.profile([cell]), false);
    }
  }

  get #running(): CellRun | undefined {
    return [...this.#runs.values()].find(
      run => run.busyDate !== undefined && run.idleDate === undefined,
    );
  }

  async #look(): Promise<Profile | undefined> {
    const { measurer, recorder } = this.#options;
    const running = this.#running;
    if (!running) return undefined;
    return recorder.profile([await measurer.look(running, this.#place(running))]);
  }

  #fromIopub(message: JupyterMessage): void {
    const { link, session, language } = this.#options;
    const { msg_type: type } = message.header;
    if (type.startsWith('pyperf_') && message.verify(session.signer))
      return language.published(message.parent.msg_id ?? '', message);
    this.#clears.saw(type, message);
    if (type === 'status') this.#isIdle = message.content['execution_state'] === 'idle';
    const run =
      type === 'status' || type === 'execute_input'
        ? this.#runs.get(message.parent.msg_id ?? '')
        : undefined;
    if (!run || !message.verify(session.signer)) return link.toClients('iopub', message);
    if (type === 'execute_input') return this.#begins(run, message);
    const state = message.content['execution_state'];
    if (state === 'busy' && run.busyDate === undefined) this.#started(run, message.header.date);
    if (state !== 'idle') return link.toClients('iopub', message);
    run.idleDate = message.header.date;
    clearTimeout(run.toSample);
    clearTimeout(run.toFind);
    if (language.startOf) this.#starts.watch();
    if (run.held) {
      this.#iopub.hold();
      void this.#finishHeld(run, message);
    } else {
      link.toClients('iopub', message);
      // Nobody waits for these figures, but somebody waits for what is written once this turn of the loop is over.
      setImmediate(() => void this.#finishUnseen(run));
    }
  }

  #started(run: CellRun, date: string): void {
    const { language, measurer } = this.#options;
    run.busyDate = date;
    // Most cells are over at once, and the agent has told all of their figures: the worker would only be in their way.
    if (run.options || !language.resetsPeak) measurer.start(run);
    else run.toSample = setTimeout(() => measurer.start(run), SHORT_CELL_MS).unref();
    // What renders the report loads while the cell runs, and not before the sampling does: it takes a moment.
    if (run.options) run.toFind = warmLater(this.#options.findings);
    if (run.options?.quiet === false) void import('./display.ts');
  }

  #begins(run: CellRun, message: JupyterMessage): void {
    const { link, session } = this.#options;
    const { execution_count: count, code } = message.content;
    run.inputDate = message.header.date;
    if (typeof count === 'number') run.executionCount = count;
    if (code === run.request.code) return link.toClients('iopub', message);
    const content = { ...message.content, code: run.request.code };
    link.toClients('iopub', message.with(session.signer, { content }));
  }

  async #finishUnseen(run: CellRun): Promise<void> {
    await this.#finish(run, false);
    this.#runs.delete(run.request.msgId);
  }

  async #finishHeld(run: CellRun, idle: JupyterMessage): Promise<void> {
    const { link, log } = this.#options;
    let ending = idle;
    // With a clear pending the front end would take our output for the one that it waits for, and drop the cell's.
    const isShown = !this.#clears.isPending(run.request.msgId);
    try {
      const { cell, answers } = await this.#finish(run, isShown);
      if (isShown) for (const answer of answers) this.#publish(idle, answer);
      ending = await this.#withFigures(idle, cell);
    } catch (error) {
      log(`the report of a cell is missing: ${(error as Error).stack ?? String(error)}`);
    }
    link.toClients('iopub', ending);
    this.#replies.release(run);
    this.#iopub.release();
  }

  /**
   * Measures, records and tells the listeners.
   * @param isShown what is returned will be published.
   * @returns also what goes under the cell.
   */
  async #finish(
    run: CellRun,
    isShown: boolean,
  ): Promise<{ readonly cell: Cell; readonly answers: readonly Answer[] }> {
    const { measurer, recorder, findings } = this.#options;
    const cell = await measurer.finish(run, this.#place(run));
    if (cell.status === 'aborted') return { cell, answers: [] };
    // A cell that held nothing but a magic of ours is no part of the notebook's work.
    if (run.action === undefined || run.action.kind === 'profile') {
      recorder.add(cell);
      if (run.options) recorder.found(cell, await findingsOf(cell, recorder, findings));
      const hasSummary = isShown && run.options?.quiet === false;
      if (hasSummary) recorder.show(cell);
      this.#comms.publish(recorder.profile([cell]), hasSummary);
    }
    return { cell, answers: run.held ? await answersTo(run, cell, this.#options) : [] };
  }

  async #withFigures(idle: JupyterMessage, cell: Cell): Promise<JupyterMessage> {
    const { session, tellsFigures } = this.#options;
    if (!tellsFigures) return idle;
    const { figuresOf } = await import('./cell-figures.ts');
    return idle.with(session.signer, { metadata: { ...idle.metadata, pyperf: figuresOf(cell) } });
  }

  #place(run: CellRun) {
    return { index: this.#options.recorder.count, announced: this.#comms.announced(run.cellId) };
  }

  #publish(idle: JupyterMessage, { type, content }: Answer): void {
    const identities = idle.identities.map(topic =>
      Buffer.from(topic.toString('latin1').replace(/status$/, type), 'latin1'),
    );
    this.#voice.publish(type, content, { parent: idle.parentBytes, identities });
  }
}

/** Clients have not been told that it is over. */
const isOpen = (run: CellRun): boolean => run.idleDate === undefined || (run.held && !run.released);
