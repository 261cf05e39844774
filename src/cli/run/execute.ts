/** Runs a notebook's code cells in order, as nbclient does, with every cell profiled by the hook. */
import { randomUUID } from 'node:crypto';
import type { JupyterMessage } from '../../../kernel/wire/message.ts';
import { KernelSession, type SessionOptions } from '../kernel/session.ts';
import { within } from '../kernel/within.ts';
import { labelCells } from '../notebook/labels.ts';
import { joined, tagsOf, type Cell, type Notebook } from '../notebook/model.ts';
import { CollectedProfile, madeUpId } from './collected-profile.ts';
import { waitForCell, type CellEnding } from './execute-cell.ts';
import { OutputBook } from './outputs.ts';
import { CellTiming } from './timing.ts';
import { WidgetStore } from './widgets.ts';

const COMM_TARGET = 'pyperf';
const HELLO_LIMIT_MS = 5_000;

/** A code cell that will run. */
export interface Step {
  readonly cell: Cell;
  /** Its place in the notebook, from 0. */
  readonly index: number;
  readonly label: string | undefined;
}

export interface ExecuteOptions {
  readonly session: Omit<SessionOptions, 'onPublished'>;
  /** As the user named it. */
  readonly path: string;
  readonly allowErrors: boolean;
  readonly timeoutMs: number | undefined;
  readonly stop: AbortSignal;
  readonly onStart: (step: Step, number: number, total: number) => void;
  readonly onEnd: (step: Step, ending: CellEnding) => void;
}

export interface ExecuteResult {
  readonly profile: CollectedProfile;
  /** The cell after which the run did not go on, or before which it was stopped. */
  readonly ended?: { readonly step: Step; readonly ending: CellEnding };
  /** Cells that failed, the allowed ones included. */
  readonly failedCells: number;
  /** Set when the hook did not answer: the notebook ran, but nothing was measured. */
  readonly notMeasured?: string;
  /** The last that kernel and hook wrote to their standard streams. */
  readonly kernelOutput: string;
}

/**
 * Changes `notebook`: outputs, execution counts, timings, widget state, `language_info`.
 * @throws CliError when the kernel does not start.
 */
export async function execute(notebook: Notebook, options: ExecuteOptions): Promise<ExecuteResult> {
  const run = new NotebookRun(notebook, options);
  return run.execute();
}

class NotebookRun {
  readonly #profile = new CollectedProfile();
  readonly #commId = randomUUID();
  readonly #widgets: WidgetStore;
  readonly #book: OutputBook;
  #session: KernelSession | undefined;
  #greeted = false;
  #current:
    { readonly msgId: string; readonly cell: Cell; readonly timing: CellTiming } | undefined;

  constructor(
    private readonly notebook: Notebook,
    private readonly options: ExecuteOptions,
  ) {
    this.#widgets = new WidgetStore((commId, data, parent) =>
      this.#session?.connection.notify('comm_msg', { comm_id: commId, data }, parent),
    );
    this.#book = new OutputBook(parentId => this.#widgets.sinkFor(parentId));
  }

  async execute(): Promise<ExecuteResult> {
    const { notebook, options } = this;
    const steps = stepsOf(notebook);
    const session = await KernelSession.start({
      ...options.session,
      onPublished: message => this.#published(message),
    });
    this.#session = session;
    if (session.info['language_info'] !== undefined)
      notebook.metadata['language_info'] = session.info['language_info'];
    let failedCells = 0;
    let ended: ExecuteResult['ended'];
    try {
      await this.#greet(session, steps);
      for (const [at, step] of steps.entries()) {
        options.onStart(step, at + 1, steps.length);
        const ending = await this.#runCell(session, step, at + 1);
        options.onEnd(step, ending);
        if (ending.kind === 'error') failedCells += 1;
        if (!this.#goesOn(step, ending)) {
          ended = { step, ending };
          break;
        }
      }
    } finally {
      await session.shutdown();
    }
    const widgets = this.#widgets.metadata();
    if (widgets) notebook.metadata['widgets'] = widgets;
    return {
      profile: this.#profile,
      failedCells,
      kernelOutput: session.output,
      ...(ended && { ended }),
      ...(!this.#greeted && { notMeasured: 'the hook did not answer, so nothing was measured' }),
    };
  }

  /** Tells the hook to profile every cell and to send the figures here. */
  async #greet(session: KernelSession, steps: readonly Step[]): Promise<void> {
    const exchange = session.connection.request('shell', 'comm_open', {
      comm_id: this.#commId,
      target_name: COMM_TARGET,
      data: {
        wish: {
          scope: 'all',
          show: false,
          cells: steps.map(({ cell, index, label }) => ({ id: idOf(cell, index), index, label })),
        },
      },
    });
    await within(HELLO_LIMIT_MS, Promise.race([exchange.idle, session.exited]));
    session.connection.forget(exchange);
  }

  async #runCell(session: KernelSession, step: Step, count: number): Promise<CellEnding> {
    const { cell, index } = step;
    const timing = new CellTiming(cell);
    cell.outputs = [];
    const exchange = session.connection.request(
      'shell',
      'execute_request',
      {
        code: joined(cell.source),
        silent: false,
        store_history: true,
        user_expressions: {},
        allow_stdin: false,
        stop_on_error: !this.#allowsErrors(cell),
      },
      { cellId: idOf(cell, index) },
    );
    this.#current = { msgId: exchange.msgId, cell, timing };
    const ending = await waitForCell(session, exchange, {
      timeoutMs: this.options.timeoutMs,
      stop: this.options.stop,
      onReply: date => timing.replied(date),
    });
    this.#current = undefined;
    // nbclient counts itself, because a kernel that keeps no history always says 1.
    if (ending.kind === 'ok' || ending.kind === 'error') cell.execution_count = count;
    return ending;
  }

  #goesOn(step: Step, ending: CellEnding): boolean {
    if (this.options.stop.aborted) return false;
    switch (ending.kind) {
      case 'ok':
        return true;
      case 'error':
        return this.#allowsErrors(step.cell);
      case 'died':
      case 'stuck':
        return false;
    }
  }

  #allowsErrors(cell: Cell): boolean {
    return this.options.allowErrors || tagsOf(cell).includes('raises-exception');
  }

  #published(message: JupyterMessage): void {
    if (message.content['comm_id'] === this.#commId) return this.#heard(message);
    const current = this.#current;
    // What a thread of an earlier cell prints belongs to no cell that we could still change, as in nbclient.
    if (!current || message.parent.msg_id !== current.msgId) return;
    const { cell, timing } = current;
    const { execution_count: count } = message.content;
    if (typeof count === 'number') cell.execution_count = count;
    timing.published(message);
    if (/^comm_(open|msg)$/.test(message.header.msg_type)) this.#widgets.take(message);
    else this.#book.take(cell, message);
  }

  #heard(message: JupyterMessage): void {
    const { data } = message.content;
    if (typeof data !== 'object' || data === null || !('type' in data)) return;
    if (data.type === 'hello') this.#greeted = true;
    if (data.type === 'cell' && 'profile' in data) this.#profile.add(data.profile);
  }
}

const idOf = (cell: Cell, index: number): string => cell.id ?? madeUpId(index);

function stepsOf(notebook: Notebook): Step[] {
  const labels = labelCells(notebook.cells);
  return notebook.cells
    .map((cell, index): Step => ({ cell, index, label: labels[index] }))
    .filter(
      ({ cell }) =>
        cell.cell_type === 'code' &&
        joined(cell.source).trim() !== '' &&
        !tagsOf(cell).includes('skip-execution'),
    );
}
