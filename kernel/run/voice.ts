/**
 * Speaks to clients beside the kernel.
 *
 * JupyterLab takes a message from another session for the first of a restarted kernel, and drops what it has not yet
 * handled of the one before. So our messages carry the session that the kernel itself spoke with last.
 */
import type { ProxyLink } from '../proxy/tap.ts';
import type { JsonObject, JupyterMessage } from '../wire/message.ts';
import type { Session } from '../wire/session.ts';

export interface Address {
  /** The request's header, as it came. */
  readonly parent?: Buffer;
  /** The client's, on shell; on iopub the topic, when it is not the usual one. */
  readonly identities?: readonly Buffer[];
}

export class Voice {
  #kernelSession: string | undefined;

  constructor(
    private readonly link: ProxyLink,
    private readonly session: Session,
  ) {}

  heardKernel(message: JupyterMessage): void {
    this.#kernelSession = message.header.session;
  }

  publish(type: string, content: JsonObject, to: Address = {}): void {
    this.#send('iopub', type, content, { identities: [Buffer.from(`pyperf.${type}`)], ...to });
  }

  reply(type: string, content: JsonObject, to: Required<Address>): void {
    this.#send('shell', type, content, to);
  }

  status(state: 'busy' | 'idle', request: JupyterMessage): void {
    this.publish('status', { execution_state: state }, { parent: request.headerBytes });
  }

  #send(channel: 'shell' | 'iopub', type: string, content: JsonObject, to: Address): void {
    const message = this.session.message(type, content, {
      ...to,
      ...(this.#kernelSession !== undefined && { as: this.#kernelSession }),
    });
    this.link.toClients(channel, message);
  }
}
