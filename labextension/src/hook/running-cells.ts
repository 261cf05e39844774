/**
 * Whether the kernel runs a cell. Its `status` in JupyterLab does not tell: that is whatever any request said last, and
 * a kernel answers the debugger with `busy` and `idle` while a cell runs.
 */
import type { KernelMessage } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';

/** A message as `ISessionContext.iopubMessage` brings it. */
type IopubMessage = Pick<KernelMessage.IMessage, 'content' | 'parent_header'> & {
  readonly header: Pick<KernelMessage.IMessage['header'], 'msg_type'>;
};

export class RunningCells {
  readonly changed = new Signal<this, void>(this);
  /** Ids of execution requests whose `busy` was heard, and whose `idle` was not. */
  readonly #requests = new Set<string>();
  #isTold = false;

  get any(): boolean {
    return this.#isTold || this.#requests.size > 0;
  }

  /** Takes any message of the kernel. */
  hear({ header, parent_header: parent, content }: IopubMessage): void {
    if (header.msg_type !== 'status') return;
    if (!('msg_id' in parent) || parent.msg_type !== 'execute_request') return;
    const { execution_state: state } = content as { readonly execution_state?: unknown };
    this.#change(() => {
      if (state === 'busy') this.#requests.add(parent.msg_id);
      if (state === 'idle') this.#requests.delete(parent.msg_id);
    });
  }

  /** What the hook says, which saw every message: a page may have missed some, or come later. */
  told(isRunning: boolean): void {
    this.#change(() => {
      this.#isTold = isRunning;
      if (!isRunning) this.#requests.clear();
    });
  }

  /** The kernel is gone, and with it what it ran. */
  clear(): void {
    this.told(false);
  }

  #change(change: () => void): void {
    const before = this.any;
    change();
    if (this.any !== before) this.changed.emit();
  }
}
