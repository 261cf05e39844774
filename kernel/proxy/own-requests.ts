/** The hook's own requests to the kernel: their replies come to us, and clients see nothing of them. */
import { Session, type JsonObject, type JupyterMessage, type Signer } from '../wire/index.ts';

type OnPublished = (message: JupyterMessage) => void;

interface Pending {
  readonly resolve: (reply: JupyterMessage) => void;
  readonly reject: (reason: Error) => void;
  readonly onPublished: OnPublished | undefined;
  isIdle: boolean;
  reply?: JupyterMessage;
}

/** Under this identity the kernel's replies come back to the back socket, and to no client. */
const IDENTITY = Buffer.from('pyperf-hook');
/** iopub may lag behind the reply, but not much longer than this. */
const IDLE_AFTER_REPLY_MS = 500;

export class OwnRequests {
  readonly session: Session;
  readonly #signer: Signer;
  readonly #idBytes: Buffer;
  readonly #pending = new Map<string, Pending>();
  #ended: Error | undefined;

  constructor(signer: Signer) {
    this.#signer = signer;
    this.session = new Session(signer);
    this.#idBytes = Buffer.from(this.session.id);
  }

  /**
   * @param onPublished sees what the kernel publishes for the request; the reply is then held until the idle status,
   *   so that nothing follows it.
   * @returns the message to send, and its reply, which is rejected when the kernel ends first.
   */
  create(
    type: string,
    content: JsonObject,
    onPublished?: OnPublished,
  ): { readonly message: JupyterMessage; readonly reply: Promise<JupyterMessage> } {
    const message = this.session.message(type, content, { identities: [IDENTITY] });
    const reply = new Promise<JupyterMessage>((resolve, reject) => {
      if (this.#ended) return reject(this.#ended);
      const pending = { resolve, reject, onPublished, isIdle: onPublished === undefined };
      this.#pending.set(message.header.msg_id, pending);
    });
    return { message, reply };
  }

  /**
   * Whether a message from the kernel answers a request of ours. Looks for our session's id in the parent's bytes
   * before it parses them, because every iopub message comes through here.
   */
  owns(message: JupyterMessage): boolean {
    return (
      message.parentBytes.includes(this.#idBytes) && message.parent.session === this.session.id
    );
  }

  /** A reply on shell or control. One whose signature is wrong is ignored. */
  replied(message: JupyterMessage): void {
    const id = message.parent.msg_id ?? '';
    const pending = this.#pending.get(id);
    if (!pending || !message.verify(this.#signer)) return;
    pending.reply = message;
    if (pending.isIdle) this.#settle(id);
    else setTimeout(() => this.#settle(id), IDLE_AFTER_REPLY_MS).unref();
  }

  /** Published on iopub. */
  published(message: JupyterMessage): void {
    const id = message.parent.msg_id ?? '';
    const pending = this.#pending.get(id);
    if (!pending?.onPublished || !message.verify(this.#signer)) return;
    pending.onPublished(message);
    if (message.header.msg_type === 'status' && message.content['execution_state'] === 'idle') {
      pending.isIdle = true;
      if (pending.reply) this.#settle(id);
    }
  }

  /** No answer will come any more. */
  end(reason: Error): void {
    this.#ended = reason;
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
  }

  #settle(id: string): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (pending?.reply) pending.resolve(pending.reply);
  }
}
