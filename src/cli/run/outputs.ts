/**
 * Turns what a kernel publishes into a notebook's outputs, by nbclient's rules (`NotebookClient.process_message`).
 *
 * One difference: neighbouring streams of one name are joined, as JupyterLab joins them. nbclient keeps a piece for
 * each message, so that the same notebook gives other outputs with every run.
 */
import type { JupyterMessage, JsonObject } from '../../../kernel/wire/message.ts';
import type { Cell, DisplayOutput, MimeBundle, Output, ResultOutput } from '../notebook/model.ts';

/** Something that takes a cell's outputs in its place while it is active: an Output widget. */
export interface OutputSink {
  output(message: JupyterMessage, output: Output): void;
  clear(message: JupyterMessage, wait: boolean): void;
}

type Displayed = DisplayOutput | ResultOutput;

/** The outputs of one run of a notebook; displays may be updated from later cells. */
export class OutputBook {
  readonly #displays = new Map<string, { readonly owner: Cell; readonly output: Displayed }[]>();
  readonly #clearNext = new WeakSet<Cell>();

  /** @param sinkFor the active sink for outputs of the request with this id. */
  constructor(readonly sinkFor: (parentId: string) => OutputSink | undefined) {}

  /** Takes one message of iopub whose parent is the request that runs `cell`. Others than outputs change nothing. */
  take(cell: Cell, message: JupyterMessage): void {
    const { content } = message;
    const type = message.header.msg_type;
    const displayId = displayIdOf(content);
    if (displayId !== undefined) this.#update(displayId, content);
    if (type === 'clear_output') return this.#clear(cell, message);
    const output = outputFrom(type, content);
    if (!output) return;
    const sink = this.sinkFor(message.parent.msg_id ?? '');
    if (sink) return sink.output(message, output);
    if (this.#clearNext.delete(cell)) this.#empty(cell);
    if (displayId !== undefined && isDisplayed(output)) this.#remember(displayId, cell, output);
    appendOutput((cell.outputs ??= []), output);
  }

  #update(displayId: string, content: JsonObject): void {
    for (const { output } of this.#displays.get(displayId) ?? []) {
      output.data = bundle(content['data']);
      output.metadata = bundle(content['metadata']);
    }
  }

  #remember(displayId: string, owner: Cell, output: Displayed): void {
    const known = this.#displays.get(displayId);
    if (known) known.push({ owner, output });
    else this.#displays.set(displayId, [{ owner, output }]);
  }

  #clear(cell: Cell, message: JupyterMessage): void {
    const wait = message.content['wait'] === true;
    const sink = this.sinkFor(message.parent.msg_id ?? '');
    if (sink) sink.clear(message, wait);
    else if (wait) this.#clearNext.add(cell);
    else this.#empty(cell);
  }

  #empty(cell: Cell): void {
    cell.outputs = [];
    for (const [id, displays] of this.#displays)
      this.#displays.set(
        id,
        displays.filter(({ owner }) => owner !== cell),
      );
  }
}

/** @returns undefined for messages that are no output. Keys stand in the order in which Jupyter writes them. */
export function outputFrom(type: string, content: JsonObject): Output | undefined {
  switch (type) {
    case 'stream':
      return { name: text(content['name']), output_type: 'stream', text: text(content['text']) };
    case 'display_data':
      return {
        data: bundle(content['data']),
        metadata: bundle(content['metadata']),
        output_type: 'display_data',
      };
    case 'execute_result':
      return {
        data: bundle(content['data']),
        execution_count: count(content['execution_count']),
        metadata: bundle(content['metadata']),
        output_type: 'execute_result',
      };
    case 'error':
      return {
        ename: text(content['ename']),
        evalue: text(content['evalue']),
        output_type: 'error',
        traceback: Array.isArray(content['traceback']) ? content['traceback'].map(String) : [],
      };
    default:
      return undefined;
  }
}

export function appendOutput(outputs: Output[], output: Output): void {
  const last = outputs.at(-1);
  if (
    output.output_type === 'stream' &&
    last?.output_type === 'stream' &&
    last.name === output.name &&
    typeof last.text === 'string' &&
    typeof output.text === 'string'
  )
    last.text += output.text;
  else outputs.push(output);
}

const isDisplayed = (output: Output): output is Displayed =>
  output.output_type === 'display_data' || output.output_type === 'execute_result';

function displayIdOf(content: JsonObject): string | undefined {
  const transient = content['transient'];
  if (typeof transient !== 'object' || transient === null || !('display_id' in transient))
    return undefined;
  return typeof transient.display_id === 'string' ? transient.display_id : undefined;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const count = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const bundle = (value: unknown): MimeBundle =>
  typeof value === 'object' && value !== null ? { ...value } : {};
