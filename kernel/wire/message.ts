/**
 * A Jupyter message as it travels: frames, of which only those that somebody asks for are parsed.
 *
 * Layout (messaging spec, "The Wire Protocol"):
 * `[identity…, '<IDS|MSG>', signature, header, parent_header, metadata, content, buffer…]`
 */
import type { Signer } from './signer.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export interface Header {
  readonly msg_id: string;
  readonly session: string;
  readonly username: string;
  /** ISO 8601. */
  readonly date: string;
  readonly msg_type: string;
  readonly version: string;
  readonly subshell_id?: string | null;
}

/** A parent header may be empty: a kernel's first status has no parent. */
export type ParentHeader = Partial<Header>;

const DELIMITER = Buffer.from('<IDS|MSG>');
const SIGNATURE = 1;
const HEADER = 2;
const PARENT = 3;
const METADATA = 4;
const CONTENT = 5;
const BUFFERS = 6;

/** Frames that are not a Jupyter message, or hold what is not JSON. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
}

export interface MessageParts {
  readonly identities: readonly Buffer[];
  readonly header: Header;
  /** Bytes are taken as they are, so that a parent is echoed exactly as it came. */
  readonly parent: Buffer | JsonObject;
  readonly metadata?: JsonObject;
  readonly content: JsonObject;
  readonly buffers?: readonly Buffer[];
}

export class JupyterMessage {
  readonly frames: readonly Buffer[];
  /** What its next hop writes, as it came, while nothing in it is changed; see `zmtp/`. */
  readonly wire: Buffer | undefined;
  readonly #at: number;
  #header: Header | undefined;
  #parent: ParentHeader | undefined;
  #content: JsonObject | undefined;

  private constructor(frames: readonly Buffer[], delimiterAt: number, wire?: Buffer) {
    this.frames = frames;
    this.#at = delimiterAt;
    this.wire = wire;
  }

  /** @throws MalformedMessage when the frames are not laid out as a Jupyter message. */
  static fromFrames(frames: readonly Buffer[], wire?: Buffer): JupyterMessage {
    const at = frames.findIndex(
      frame => frame.length === DELIMITER.length && frame.equals(DELIMITER),
    );
    if (at < 0 || frames.length < at + BUFFERS)
      throw new MalformedMessage(`${frames.length} frames are no Jupyter message`);
    return new JupyterMessage(frames, at, wire);
  }

  static build(signer: Signer, parts: MessageParts): JupyterMessage {
    const dictionaries = [
      encode(parts.header),
      Buffer.isBuffer(parts.parent) ? parts.parent : encode(parts.parent),
      encode(parts.metadata ?? {}),
      encode(parts.content),
    ];
    return new JupyterMessage(
      [
        ...parts.identities,
        DELIMITER,
        signer.sign(dictionaries),
        ...dictionaries,
        ...(parts.buffers ?? []),
      ],
      parts.identities.length,
    );
  }

  get identities(): readonly Buffer[] {
    return this.frames.slice(0, this.#at);
  }
  /** @throws MalformedMessage */
  get header(): Header {
    return (this.#header ??= asHeader(parse(this.#frame(HEADER))));
  }
  /** @throws MalformedMessage */
  get parent(): ParentHeader {
    return (this.#parent ??= parse(this.#frame(PARENT)) as ParentHeader);
  }
  /** @throws MalformedMessage */
  get content(): JsonObject {
    return (this.#content ??= parse(this.#frame(CONTENT)));
  }
  /** @throws MalformedMessage */
  get metadata(): JsonObject {
    return parse(this.#frame(METADATA));
  }
  get headerBytes(): Buffer {
    return this.#frame(HEADER);
  }
  get parentBytes(): Buffer {
    return this.#frame(PARENT);
  }
  get buffers(): readonly Buffer[] {
    return this.frames.slice(this.#at + BUFFERS);
  }

  verify(signer: Signer): boolean {
    return signer.verify(this.#frame(SIGNATURE), this.#dictionaries());
  }

  /** A copy with some dictionaries replaced, signed anew. Verify first: signing launders a forgery. */
  with(
    signer: Signer,
    changes: { readonly content?: JsonObject; readonly metadata?: JsonObject },
  ): JupyterMessage {
    const frames = [...this.frames];
    if (changes.metadata) frames[this.#at + METADATA] = encode(changes.metadata);
    if (changes.content) frames[this.#at + CONTENT] = encode(changes.content);
    frames[this.#at + SIGNATURE] = signer.sign(frames.slice(this.#at + HEADER, this.#at + BUFFERS));
    return new JupyterMessage(frames, this.#at);
  }

  /** A copy under other identities: a ROUTER's routing prefix, or an iopub topic. */
  addressedTo(identities: readonly Buffer[]): JupyterMessage {
    return new JupyterMessage([...identities, ...this.frames.slice(this.#at)], identities.length);
  }

  #frame(offset: number): Buffer {
    return this.frames[this.#at + offset] as Buffer;
  }
  #dictionaries(): readonly Buffer[] {
    return this.frames.slice(this.#at + HEADER, this.#at + BUFFERS);
  }
}

const encode = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

function parse(frame: Buffer): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(frame.toString('utf8'));
  } catch (error) {
    throw new MalformedMessage(`a message's frame is not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new MalformedMessage("a message's frame is not a JSON object");
  return value as JsonObject;
}

function asHeader(value: JsonObject): Header {
  if (typeof value['msg_id'] !== 'string' || typeof value['msg_type'] !== 'string')
    throw new MalformedMessage('a header without msg_id or msg_type');
  return value as unknown as Header;
}
