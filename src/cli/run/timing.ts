/** The `execution` metadata that nbclient and JupyterLab write: when a cell's messages were sent. */
import type { JupyterMessage } from '../../../kernel/wire/message.ts';
import type { Cell } from '../notebook/model.ts';

export class CellTiming {
  readonly #times: Record<string, string> = {};

  constructor(cell: Cell) {
    cell.metadata['execution'] = this.#times;
  }

  published(message: JupyterMessage): void {
    const { msg_type: type, date } = message.header;
    const state = message.content['execution_state'];
    if (type === 'execute_input') this.#times['iopub.execute_input'] = utc(date);
    else if (type === 'status' && (state === 'busy' || state === 'idle'))
      this.#times[`iopub.status.${state}`] = utc(date);
  }

  replied(date: string): void {
    this.#times['shell.execute_reply'] = utc(date);
  }
}

/** Python's dates have microseconds, which a `Date` would cut off. */
function utc(date: string): string {
  const written = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(?:Z|\+00:00)$/.exec(date);
  if (!written) return new Date(date).toISOString();
  return `${written[1] ?? ''}.${(written[2] ?? '.').slice(1, 7).padEnd(6, '0')}Z`;
}
