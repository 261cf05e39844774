/**
 * The part of a front end that ipywidgets needs in a headless run, as nbclient plays it: the state of every widget is
 * kept for the notebook's metadata, and an Output widget takes the outputs that are printed inside it.
 */
import type { JupyterMessage } from '../../../kernel/wire/message.ts';
import type { Output } from '../notebook/model.ts';
import { appendOutput, type OutputSink } from './outputs.ts';

type State = Record<string, unknown>;
interface EncodedBuffer {
  readonly data: string;
  readonly encoding: 'base64';
  readonly path: readonly (string | number)[];
}

/** Sends a comm's message to the kernel. */
export type SendComm = (commId: string, data: State, parent: Buffer) => void;

export class WidgetStore {
  readonly #states = new Map<string, State>();
  readonly #buffers = new Map<string, Map<string, EncodedBuffer>>();
  readonly #outputs = new Map<string, OutputWidget>();
  /** For each request the Output widgets that are open in it, innermost last. */
  readonly #sinks = new Map<string, OutputWidget[]>();

  constructor(readonly send: SendComm) {}

  sinkFor(parentId: string): OutputSink | undefined {
    return this.#sinks.get(parentId)?.at(-1);
  }

  /** Takes a `comm_open` or `comm_msg` that the kernel published. */
  take(message: JupyterMessage): void {
    const { comm_id: commId, data, target_name: target } = message.content;
    if (typeof commId !== 'string' || !isState(data)) return;
    const state = data['state'];
    if (isState(state)) {
      this.#keep(commId, state);
      this.#keepBuffers(commId, data['buffer_paths'], message.buffers);
    }
    if (message.header.msg_type === 'comm_open' && target === 'jupyter.widget' && isState(state))
      this.#open(commId, state);
    else if (isState(state)) this.#redirect(commId, state);
  }

  /** What a notebook's metadata holds under `widgets`; undefined without widgets. */
  metadata(): State | undefined {
    if (this.#states.size === 0) return undefined;
    const state: State = {};
    for (const [id, own] of this.#states) {
      if (!('_model_name' in own)) continue;
      const buffers = this.#buffers.get(id);
      state[id] = {
        ...(buffers && { buffers: [...buffers.values()] }),
        model_module: own['_model_module'],
        model_module_version: own['_model_module_version'],
        model_name: own['_model_name'],
        state: own,
      };
    }
    return {
      'application/vnd.jupyter.widget-state+json': { state, version_major: 2, version_minor: 0 },
    };
  }

  #keep(commId: string, changes: State): void {
    this.#states.set(commId, { ...this.#states.get(commId), ...changes });
  }

  #keepBuffers(commId: string, paths: unknown, buffers: readonly Buffer[]): void {
    if (!Array.isArray(paths) || paths.length === 0) return;
    const kept = this.#buffers.get(commId) ?? new Map<string, EncodedBuffer>();
    paths.forEach((path: EncodedBuffer['path'], at) => {
      const buffer = buffers[at];
      if (buffer)
        kept.set(JSON.stringify(path), {
          data: buffer.toString('base64'),
          encoding: 'base64',
          path,
        });
    });
    this.#buffers.set(commId, kept);
  }

  #open(commId: string, state: State): void {
    if (state['_model_module'] !== '@jupyter-widgets/output') return;
    if (state['_model_name'] !== 'OutputModel') return;
    this.#outputs.set(
      commId,
      new OutputWidget(outputsOf(state), (outputs, parent) => {
        this.#keep(commId, { outputs });
        this.send(commId, { method: 'update', state: { outputs }, buffer_paths: [] }, parent);
      }),
    );
  }

  /** `with output:` sets the widget's `msg_id` to the running request, and its end sets it to ''. */
  #redirect(commId: string, state: State): void {
    const widget = this.#outputs.get(commId);
    const parentId = state['msg_id'];
    if (!widget || typeof parentId !== 'string') return;
    for (const [id, sinks] of this.#sinks)
      this.#sinks.set(
        id,
        sinks.filter(sink => sink !== widget),
      );
    if (parentId !== '') this.#sinks.set(parentId, [...(this.#sinks.get(parentId) ?? []), widget]);
  }
}

class OutputWidget implements OutputSink {
  #clearNext = false;

  constructor(
    private outputs: Output[],
    private readonly changed: (outputs: readonly Output[], parent: Buffer) => void,
  ) {}

  output(message: JupyterMessage, output: Output): void {
    if (this.#clearNext) this.outputs = [];
    this.#clearNext = false;
    appendOutput(this.outputs, output);
    this.changed(this.outputs, message.parentBytes);
  }

  clear(message: JupyterMessage, wait: boolean): void {
    this.#clearNext = wait;
    if (wait) return;
    this.outputs = [];
    this.changed(this.outputs, message.parentBytes);
  }
}

const isState = (value: unknown): value is State =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const outputsOf = (state: State): Output[] =>
  Array.isArray(state['outputs']) ? [...(state['outputs'] as Output[])] : [];
