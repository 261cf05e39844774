/** What clients ask on shell: cells, as their magic or a front end's wish wants them, and words for the hook itself. */
import { timestamp } from '../../src/profile/units.ts';
import type { LanguageSession, RequestEdit } from '../languages/adapter.ts';
import type { ProxyLink } from '../proxy/tap.ts';
import type { JupyterMessage } from '../wire/message.ts';
import type { Signer } from '../wire/signer.ts';
import { toRequest } from './cell-messages.ts';
import type { CellRun } from './cell-run.ts';
import type { Comms } from './comms.ts';
import { EveryCell } from './every-cell.ts';
import { DEFAULT_OPTIONS, parseMagic, type CellOptions, type Magic } from './magic.ts';
import { OrderedChannel } from './ordered-channel.ts';
import type { Voice } from './voice.ts';

export interface CellRequestsOptions {
  readonly link: ProxyLink;
  readonly signer: Signer;
  readonly language: LanguageSession;
  readonly comms: Comms;
  readonly voice: Voice;
  /** Each cell's end waits for its figures. */
  readonly tellsFigures: boolean;
  readonly onCell: (run: CellRun) => void;
  readonly log: (line: string) => void;
}

export class CellRequests {
  readonly #options: CellRequestsOptions;
  readonly #requests = new OrderedChannel(message => this.#handle(message));
  readonly #everyCell = new EveryCell();

  constructor(options: CellRequestsOptions) {
    this.#options = options;
  }

  /** From a client, on shell. */
  push(message: JupyterMessage): void {
    this.#requests.push(message);
  }

  /**
   * The cell is over. Where we failed it in the kernel's place, the execute requests that came in behind it are aborted
   * as a kernel does with `stop_on_error`.
   */
  released(run: CellRun): void {
    if (!failsHere(run)) return;
    const { voice } = this.#options;
    this.#requests.release(message => {
      if (message.header.msg_type !== 'execute_request') return this.#handle(message);
      const { identities, headerBytes: parent } = message;
      voice.status('busy', message);
      voice.reply('execute_reply', { status: 'aborted' }, { parent, identities });
      voice.status('idle', message);
    });
  }

  #handle(message: JupyterMessage): void {
    const { link, comms, log } = this.#options;
    const { msg_type: type } = message.header;
    try {
      if (type === 'execute_request') return this.#execute(message);
      if (type.startsWith('comm_') && comms.handle(message)) return;
    } catch (error) {
      log(`a ${type} goes to the kernel untouched: ${String(error)}`);
    }
    link.toKernel('shell', message);
  }

  #execute(message: JupyterMessage): void {
    const { link, language, onCell, tellsFigures } = this.#options;
    const { code, silent, stop_on_error: stopOnError } = message.content;
    if (typeof code !== 'string' || silent === true) return link.toKernel('shell', message);
    const magic = parseMagic(code);
    const { cellId: id } = message.metadata;
    const cellId = typeof id === 'string' ? id : null;
    const options = this.#optionsFor(magic, cellId);
    const request = toRequest(message.header.msg_id, code, magic, options);
    const edit = language.prepare(request);
    const undo = this.#everyCell.switch(magic?.action);
    const run: CellRun = {
      request,
      cellId,
      action: magic?.action,
      options,
      held: magic !== undefined || options !== undefined || tellsFigures,
      kernelRaises: request.usageError === undefined || edit.raisesUsageError === true,
      stopsOnError: stopOnError !== false,
      arrivedAt: timestamp(new Date()),
      arrivedNs: process.hrtime.bigint(),
      ...(undo && { undo }),
      executionCount: null,
      isSampled: false,
      released: false,
    };
    onCell(run);
    // What comes behind a cell that we fail waits, to be aborted.
    if (failsHere(run)) this.#requests.hold();
    link.toKernel('shell', this.#edited(message, edit));
  }

  /** What the cell asks for itself counts most, then `%pyperf on`, then a front end's wish. */
  #optionsFor(magic: Magic | undefined, cellId: string | null): CellOptions | undefined {
    if (magic?.action.kind === 'profile') return magic.action.options;
    if (magic) return undefined;
    if (this.#everyCell.options) return this.#everyCell.options;
    const wish = this.#options.comms.wishFor(cellId);
    if (!wish) return undefined;
    const { rateHz, show } = wish;
    return { ...DEFAULT_OPTIONS, quiet: !show, ...(rateHz !== undefined && { rateHz }) };
  }

  #edited(message: JupyterMessage, { code, metadata }: RequestEdit): JupyterMessage {
    if (code === undefined && metadata === undefined) return message;
    return message.with(this.#options.signer, {
      ...(code !== undefined && { content: { ...message.content, code } }),
      ...(metadata && { metadata: { ...message.metadata, pyperf: metadata } }),
    });
  }
}

/** The kernel runs something else in its place, and stays unaware of the error. */
const failsHere = (run: CellRun): boolean => !run.kernelRaises && run.stopsOnError;
