/**
 * Watches the traffic for cell runs: what a magic asks for, when a cell starts and ends, and where its report goes.
 * Everything else passes through untouched.
 *
 * A cell that shows something of ours has its `idle` status and its `execute_reply` held until the display is sent:
 * clients collect outputs until they have seen both. Order within a channel never changes, and every wait is capped.
 */
import type { Profile } from '../../src/profile/index.ts';
import { timestamp } from '../../src/profile/units.ts';
import type { LanguageSession, RequestEdit } from '../languages/adapter.ts';
import type { ProxyLink, ProxyTap } from '../proxy/tap.ts';
import type { JsonObject, JupyterMessage } from '../wire/message.ts';
import type { Session } from '../wire/session.ts';
import { errorContent, restoreInput, toReply, toRequest, USAGE_ERROR } from './cell-messages.ts';
import type { CellRun } from './cell-run.ts';
import { Comms } from './comms.ts';
import { DEFAULT_OPTIONS, parseMagic, type CellOptions, type Magic } from './magic.ts';
import type { CellMeasurer } from './measure.ts';
import { OrderedChannel } from './ordered-channel.ts';
import { answersTo, type Answer } from './answers.ts';
import { PendingClears } from './pending-clears.ts';
import type { Recorder } from './recorder.ts';
import { StartWatch } from './start-watch.ts';

/** How long a reply waits for its idle status after the last message on iopub. */
const IDLE_WAIT_MS = 2000;
/** A cell without lines that ends sooner is measured by the agent alone. */
const SHORT_CELL_MS = 10;

export interface RunOptions {
  readonly link: ProxyLink;
  readonly session: Session;
  readonly language: LanguageSession;
  readonly measurer: CellMeasurer;
  readonly recorder: Recorder;
  readonly version: string;
  readonly log: (line: string) => void;
}

export class Run implements ProxyTap {
  readonly #options: RunOptions;
  readonly #comms: Comms;
  readonly #starts: StartWatch;
  readonly #clears = new PendingClears();
  readonly #runs = new Map<string, CellRun>();
  readonly #requests = new OrderedChannel(message => this.#fromClientShell(message));
  readonly #replies = new OrderedChannel(message => this.#fromKernelShell(message));
  readonly #iopub = new OrderedChannel(message => this.#fromIopub(message));
  /** Set while `%pyperf on`. */
  #everyCell: CellOptions | undefined;
  #lastPublishedMs = 0;

  constructor(options: RunOptions) {
    this.#options = options;
    this.#starts = new StartWatch({
      runs: this.#runs,
      startOf: msgId => options.language.startOf?.(msgId),
      onStart: (run, { executionCount }) => {
        run.executionCount = executionCount;
        this.#started(run, new Date().toISOString());
      },
    });
    this.#comms = new Comms(options.link, options.session, options.version, () => this.#look());
  }

  fromClient(channel: 'shell' | 'control', message: JupyterMessage): void {
    if (channel === 'shell') this.#requests.push(message);
    else this.#options.link.toKernel('control', this.#asTheKernelRanIt(message));
  }

  fromKernel(channel: 'shell' | 'control' | 'iopub', message: JupyterMessage): void {
    switch (channel) {
      case 'shell':
        return this.#replies.push(message);
      case 'control':
        return this.#options.link.toClients('control', message);
      case 'iopub':
        this.#lastPublishedMs = performance.now();
        return this.#iopub.push(message);
    }
  }

  /** Listeners are told of the cells that a dead kernel was running, as far as they were measured. */
  async kernelDied(): Promise<void> {
    for (const run of this.#runs.values()) {
      if (run.busyDate === undefined || run.idleDate !== undefined) continue;
      run.idleDate = new Date().toISOString();
      const cell = await this.#options.measurer.finish(run, this.#place(run), true);
      this.#comms.publish(this.#options.recorder.profile([cell]));
    }
  }

  async #look(): Promise<Profile | undefined> {
    const { measurer, recorder } = this.#options;
    const running = [...this.#runs.values()].find(run => run.busyDate && !run.idleDate);
    if (!running) return undefined;
    return recorder.profile([await measurer.look(running, this.#place(running))]);
  }

  // Client → kernel

  #fromClientShell(message: JupyterMessage): void {
    const { link, log } = this.#options;
    const { msg_type: type } = message.header;
    try {
      if (type === 'execute_request') return this.#execute(message);
      if (type.startsWith('comm_') && this.#comms.handle(message)) return;
    } catch (error) {
      log(`a ${type} goes to the kernel untouched: ${String(error)}`);
    }
    link.toKernel('shell', message);
  }

  #execute(message: JupyterMessage): void {
    const { link, language } = this.#options;
    const { code, silent, stop_on_error: stopOnError } = message.content;
    if (typeof code !== 'string' || silent === true) return link.toKernel('shell', message);
    const magic = parseMagic(code);
    const options = this.#optionsFor(magic);
    const request = toRequest(message.header.msg_id, code, magic, options);
    const edit = language.prepare(request);
    const undo = this.#switch(magic);
    const cellId = message.metadata['cellId'];
    const run: CellRun = {
      request,
      cellId: typeof cellId === 'string' ? cellId : null,
      action: magic?.action,
      options,
      held: magic !== undefined || options !== undefined,
      kernelRaises: request.usageError === undefined || edit.raisesUsageError === true,
      stopsOnError: stopOnError !== false,
      arrivedAt: timestamp(new Date()),
      arrivedNs: process.hrtime.bigint(),
      ...(undo && { undo }),
      executionCount: null,
      isSampled: false,
      released: false,
    };
    this.#runs.set(request.msgId, run);
    // What comes behind a cell that we fail in the kernel's place waits, to be aborted as the kernel would.
    if (!run.kernelRaises && run.stopsOnError) this.#requests.hold();
    link.toKernel('shell', this.#edited(message, edit));
    if (language.startOf) this.#starts.watch();
  }

  #optionsFor(magic: Magic | undefined): CellOptions | undefined {
    if (magic?.action.kind === 'profile') return magic.action.options;
    if (magic) return undefined;
    return (
      this.#everyCell ?? (this.#comms.profilesAll ? { ...DEFAULT_OPTIONS, quiet: true } : undefined)
    );
  }

  /** `on` and `off` count from the next request on. @returns what takes it back if the cell is aborted. */
  #switch(magic: Magic | undefined): (() => void) | undefined {
    const before = this.#everyCell;
    if (magic?.action.kind === 'on') this.#everyCell = magic.action.options;
    else if (magic?.action.kind === 'off') this.#everyCell = undefined;
    else return undefined;
    return () => {
      this.#everyCell = before;
    };
  }

  #edited(message: JupyterMessage, edit: RequestEdit): JupyterMessage {
    const { code, metadata } = edit;
    if (code === undefined && metadata === undefined) return message;
    return message.with(this.#options.session.signer, {
      ...(code !== undefined && { content: { ...message.content, code } }),
      ...(metadata && { metadata: { ...message.metadata, pyperf: metadata } }),
    });
  }

  /** A debugger finds a cell by the hash of its code: where we changed the code, it must hash the same. */
  #asTheKernelRanIt(message: JupyterMessage): JupyterMessage {
    if (message.header.msg_type !== 'debug_request') return message;
    const { command, arguments: args } = message.content;
    const code = command === 'dumpCell' && isObject(args) ? args['code'] : undefined;
    const magic = typeof code === 'string' ? parseMagic(code) : undefined;
    if (!magic || typeof code !== 'string' || !isObject(args)) return message;
    const request = toRequest(message.header.msg_id, code, magic, undefined);
    const edit = this.#options.language.prepare(request);
    if (edit.code === undefined) return message;
    return message.with(this.#options.session.signer, {
      content: { ...message.content, arguments: { ...args, code: edit.code } },
    });
  }

  // Kernel → client: replies

  #fromKernelShell(message: JupyterMessage): void {
    const { link, session } = this.#options;
    const { msg_type: type } = message.header;
    if (type === 'history_reply' && message.verify(session.signer))
      return link.toClients('shell', this.#asTyped(message));
    const run = type === 'execute_reply' ? this.#runs.get(message.parent.msg_id ?? '') : undefined;
    if (!run || !message.verify(session.signer)) return link.toClients('shell', message);
    run.reply = toReply(message.content);
    run.replyDate = message.header.date;
    if (run.reply.status === 'aborted') run.undo?.();
    run.onReply?.();
    if (!run.held || run.released) {
      if (run.released) this.#runs.delete(run.request.msgId);
      return link.toClients('shell', message);
    }
    run.heldReply = run.kernelRaises ? message : this.#asUsageError(run, message);
    this.#replies.hold();
    this.#watch(run);
  }

  /** Lets a held reply go when its idle status does not come: the cell goes on, without our display. */
  #watch(run: CellRun): void {
    const timer = setInterval(() => {
      const isWaiting = !run.released && run.idleDate === undefined;
      if (isWaiting && performance.now() - this.#lastPublishedMs < IDLE_WAIT_MS) return;
      clearInterval(timer);
      if (isWaiting) this.#release(run);
    }, IDLE_WAIT_MS / 2);
    timer.unref();
  }

  #release(run: CellRun): void {
    run.released = true;
    if (run.heldReply) {
      this.#options.link.toClients('shell', run.heldReply);
      this.#runs.delete(run.request.msgId);
      this.#replies.release();
    }
    if (!run.kernelRaises && run.stopsOnError) this.#abortWaiting();
  }

  #asUsageError(run: CellRun, reply: JupyterMessage): JupyterMessage {
    const message = run.request.usageError ?? '';
    run.reply = { status: 'error', error: { name: USAGE_ERROR, message } };
    return reply.with(this.#options.session.signer, {
      content: { ...reply.content, status: 'error', ...errorContent(message) },
    });
  }

  /** Answers the execute requests that came in behind a cell that we failed, as a kernel does with `stop_on_error`. */
  #abortWaiting(): void {
    const { link, session } = this.#options;
    this.#requests.release(message => {
      if (message.header.msg_type !== 'execute_request') return this.#fromClientShell(message);
      const parent = message.headerBytes;
      const status = (state: string): void =>
        link.toClients(
          'iopub',
          session.message(
            'status',
            { execution_state: state },
            { parent, identities: [Buffer.from('status')] },
          ),
        );
      status('busy');
      link.toClients(
        'shell',
        session.message(
          'execute_reply',
          { status: 'aborted' },
          { parent, identities: message.identities },
        ),
      );
      status('idle');
    });
  }

  #asTyped(message: JupyterMessage): JupyterMessage {
    const { history } = message.content;
    if (!Array.isArray(history)) return message;
    let changed = false;
    const typed = history.map((entry: unknown) => {
      if (!Array.isArray(entry)) return entry;
      const input = restoreInput(entry[2], code => this.#options.language.restore(code));
      changed ||= input !== entry[2];
      return [entry[0] as unknown, entry[1] as unknown, input];
    });
    if (!changed) return message;
    return message.with(this.#options.session.signer, {
      content: { ...message.content, history: typed },
    });
  }

  // Kernel → client: what it publishes

  #fromIopub(message: JupyterMessage): void {
    const { link, session, language } = this.#options;
    const { msg_type: type } = message.header;
    if (type.startsWith('pyperf_') && message.verify(session.signer))
      return language.published(message.parent.msg_id ?? '', message);
    this.#clears.saw(type, message);
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
    await this.#finish(run);
    this.#runs.delete(run.request.msgId);
  }

  async #finishHeld(run: CellRun, idle: JupyterMessage): Promise<void> {
    const { link, log } = this.#options;
    try {
      const answers = await this.#finish(run);
      // With a clear pending the front end would take our output for the one that it waits for, and drop the cell's.
      if (!this.#clears.isPending(run.request.msgId))
        for (const answer of answers) this.#publish(idle, answer);
    } catch (error) {
      log(`the report of a cell is missing: ${(error as Error).stack ?? String(error)}`);
    }
    link.toClients('iopub', idle);
    this.#release(run);
    this.#iopub.release();
  }

  /** Measures, records and tells the listeners. @returns what goes under the cell. */
  async #finish(run: CellRun): Promise<readonly Answer[]> {
    const { measurer, recorder } = this.#options;
    const cell = await measurer.finish(run, this.#place(run));
    if (cell.status === 'aborted') return [];
    // A cell that held nothing but a magic of ours is no part of the notebook's work.
    const isWork = run.action === undefined || run.action.kind === 'profile';
    if (isWork) recorder.add(cell);
    if (isWork && this.#comms.listening) this.#comms.publish(recorder.profile([cell]));
    return run.held ? answersTo(run, cell, this.#options) : [];
  }

  #place(run: CellRun) {
    return { index: this.#options.recorder.count, announced: this.#comms.announced(run.cellId) };
  }

  #publish(idle: JupyterMessage, answer: Answer): void {
    const { link, session } = this.#options;
    const identities = idle.identities.map(topic =>
      Buffer.from(topic.toString('latin1').replace(/status$/, answer.type), 'latin1'),
    );
    link.toClients(
      'iopub',
      session.message(answer.type, answer.content, { parent: idle.parentBytes, identities }),
    );
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null;
