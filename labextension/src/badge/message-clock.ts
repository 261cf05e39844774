/**
 * When the cells of a notebook began and ended, from the dates of the kernel's messages: for kernels without the hook, and
 * for what runs now. Only the front end that sent a cell gets to know which message is whose.
 */
import type { CodeCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { KernelMessage } from '@jupyterlab/services';
import type { ISessionContext } from '@jupyterlab/apputils';
import { Signal } from '@lumino/signaling';
import type { CellTiming, RunningCell } from './timing.ts';

/** As many as the hook's figures keep. */
const KEPT_RUNS = 20;

export class MessageClock {
  /** Emits the id of a cell that began or ended. */
  readonly changed = new Signal<this, string>(this);
  readonly #running = new Map<string, RunningCell & { readonly messageId: string }>();
  readonly #ended = new Map<string, readonly CellTiming[]>();

  constructor(private readonly panel: NotebookPanel) {
    panel.sessionContext.iopubMessage.connect(this.#onMessage, this);
    panel.sessionContext.kernelChanged.connect(this.#onKernelGone, this);
    panel.sessionContext.statusChanged.connect(this.#onStatus, this);
  }

  running(cellId: string): RunningCell | undefined {
    return this.#running.get(cellId);
  }
  /** Newest first. */
  ended(cellId: string): readonly CellTiming[] {
    return this.#ended.get(cellId) ?? [];
  }
  /** Its results were cleared, and so is what is told of them. */
  forget(cellId: string): void {
    if (this.#ended.delete(cellId)) this.changed.emit(cellId);
  }

  dispose(): void {
    Signal.clearData(this);
    const { sessionContext } = this.panel;
    sessionContext.iopubMessage.disconnect(this.#onMessage, this);
    sessionContext.kernelChanged.disconnect(this.#onKernelGone, this);
    sessionContext.statusChanged.disconnect(this.#onStatus, this);
  }

  #onMessage(_: ISessionContext, message: KernelMessage.IMessage): void {
    const parentId = 'msg_id' in message.parent_header ? message.parent_header.msg_id : undefined;
    if (parentId === undefined) return;
    const dateMs = Date.parse(message.header.date) || Date.now();
    if (message.header.msg_type === 'execute_input') this.#begin(parentId, dateMs);
    else if (message.header.msg_type === 'error') this.#end(parentId, dateMs, 'error');
    else if (isIdle(message)) this.#end(parentId, dateMs, 'ok');
  }

  #begin(messageId: string, startedMs: number): void {
    const cell = this.panel.content.widgets.find(
      widget =>
        widget.model.type === 'code' &&
        (widget as CodeCell).outputArea.future?.msg.header.msg_id === messageId,
    );
    if (!cell) return;
    this.#running.set(cell.model.id, { startedMs, messageId });
    this.changed.emit(cell.model.id);
  }

  #end(messageId: string, endedMs: number, status: 'ok' | 'error'): void {
    for (const [cellId, run] of this.#running) {
      if (run.messageId !== messageId) continue;
      this.#running.delete(cellId);
      const timing: CellTiming = {
        startedMs: run.startedMs,
        durationMs: Math.max(0, endedMs - run.startedMs),
        queuedMs: null,
        status,
        peakRssBytes: null,
      };
      this.#ended.set(cellId, [timing, ...this.ended(cellId)].slice(0, KEPT_RUNS));
      this.changed.emit(cellId);
    }
  }

  #onStatus({ session }: ISessionContext): void {
    const status = session?.kernel?.status;
    if (status === 'restarting' || status === 'autorestarting' || status === 'dead')
      this.#onKernelGone();
  }

  /** Nobody will tell when its cells ended. */
  #onKernelGone(): void {
    const cells = [...this.#running.keys()];
    this.#running.clear();
    for (const cellId of cells) this.changed.emit(cellId);
  }
}

const isIdle = (message: KernelMessage.IMessage): boolean =>
  message.header.msg_type === 'status' &&
  (message as KernelMessage.IStatusMsg).content.execution_state === 'idle';
