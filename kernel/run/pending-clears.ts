/**
 * Cells whose last word was `clear_output(wait=True)`: the front end clears them when the next output comes, and keeps
 * what they show when none does (messaging spec, `clear_output`).
 */
import type { JupyterMessage } from '../wire/message.ts';

const OUTPUTS = new Set(['stream', 'display_data', 'execute_result', 'error']);

export class PendingClears {
  readonly #pending = new Set<string>();

  /** Looks at a message that is published; most cost no more than a comparison. */
  saw(type: string, message: JupyterMessage): void {
    if (type === 'clear_output' && message.content['wait'] === true)
      this.#pending.add(message.parent.msg_id ?? '');
    else if (this.#pending.size > 0 && OUTPUTS.has(type))
      this.#pending.delete(message.parent.msg_id ?? '');
  }

  /** Asked once, at the cell's end: it is forgotten then. */
  isPending(msgId: string): boolean {
    return this.#pending.delete(msgId);
  }
}
