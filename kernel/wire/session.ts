/** Makes messages of the hook's own: headers with a session and counting ids. */
import { randomUUID } from 'node:crypto';
import { JupyterMessage, type Header, type JsonObject } from './message.ts';
import type { Signer } from './signer.ts';

const PROTOCOL_VERSION = '5.4';

export class Session {
  readonly id: string;
  #count = 0;

  constructor(
    readonly signer: Signer,
    readonly username = 'pyperf',
  ) {
    this.id = randomUUID();
  }

  /** @param as another's session, in whose place we speak. */
  header(type: string, as = this.id): Header {
    return {
      msg_id: `${this.id}_${this.#count++}`,
      session: as,
      username: this.username,
      date: new Date().toISOString(),
      msg_type: type,
      version: PROTOCOL_VERSION,
    };
  }

  /** @param parent the parent header's bytes, echoed as they came, or `{}` for none. */
  message(
    type: string,
    content: JsonObject,
    options: {
      readonly parent?: Buffer | JsonObject;
      readonly identities?: readonly Buffer[];
      readonly metadata?: JsonObject;
      readonly buffers?: readonly Buffer[];
      readonly as?: string;
    } = {},
  ): JupyterMessage {
    return JupyterMessage.build(this.signer, {
      identities: options.identities ?? [],
      header: this.header(type, options.as),
      parent: options.parent ?? {},
      content,
      ...(options.metadata && { metadata: options.metadata }),
      ...(options.buffers && { buffers: options.buffers }),
    });
  }
}
