/**
 * Replies of cells that show something of ours wait for the idle status, and it for our display: clients collect
 * outputs until they have seen both. Order within the channel never changes, and every wait is capped.
 */
import type { LanguageSession } from '../languages/adapter.ts';
import type { ProxyLink } from '../proxy/tap.ts';
import type { JupyterMessage } from '../wire/message.ts';
import type { Signer } from '../wire/signer.ts';
import { errorContent, toReply, USAGE_ERROR } from './cell-messages.ts';
import type { CellRun } from './cell-run.ts';
import { asTyped } from './in-the-users-words.ts';
import { marked } from './kernel-info.ts';
import { OrderedChannel } from './ordered-channel.ts';

/** How long a reply waits for its idle status after the last message on iopub. */
const IDLE_WAIT_MS = 2000;

export interface HeldRepliesOptions {
  readonly link: ProxyLink;
  readonly signer: Signer;
  readonly language: LanguageSession;
  readonly version: string;
  /** By message id. A run is taken out once its reply has gone. */
  readonly runs: Map<string, CellRun>;
  /** The cell's reply has gone, or goes as soon as it comes. */
  readonly onReleased: (run: CellRun) => void;
}

export class HeldReplies {
  readonly #options: HeldRepliesOptions;
  readonly #replies = new OrderedChannel(message => this.#handle(message));
  #lastPublishedMs = 0;

  constructor(options: HeldRepliesOptions) {
    this.#options = options;
  }

  /** From the kernel, on shell. */
  push(message: JupyterMessage): void {
    this.#replies.push(message);
  }

  sawIopub(): void {
    this.#lastPublishedMs = performance.now();
  }

  release(run: CellRun): void {
    const { link, runs, onReleased } = this.#options;
    run.released = true;
    if (run.heldReply) {
      link.toClients('shell', run.heldReply);
      runs.delete(run.request.msgId);
      this.#replies.release();
    }
    onReleased(run);
  }

  #handle(message: JupyterMessage): void {
    const { link, language, runs, signer, version } = this.#options;
    const { msg_type: type } = message.header;
    if (type === 'kernel_info_reply')
      return link.toClients('shell', marked(message, version, signer));
    if (type === 'history_reply' && message.verify(signer))
      return link.toClients('shell', asTyped(message, language, signer));
    const run = type === 'execute_reply' ? runs.get(message.parent.msg_id ?? '') : undefined;
    if (!run || !message.verify(signer)) return link.toClients('shell', message);
    run.reply = toReply(message.content);
    run.replyDate = message.header.date;
    if (run.reply.status === 'aborted') run.undo?.();
    run.onReply?.();
    if (!run.held || run.released) {
      if (run.released) runs.delete(run.request.msgId);
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
      if (isWaiting) this.release(run);
    }, IDLE_WAIT_MS / 2);
    timer.unref();
  }

  #asUsageError(run: CellRun, reply: JupyterMessage): JupyterMessage {
    const message = run.request.usageError ?? '';
    run.reply = { status: 'error', error: { name: USAGE_ERROR, message } };
    return reply.with(this.#options.signer, {
      content: { ...reply.content, status: 'error', ...errorContent(message) },
    });
  }
}
