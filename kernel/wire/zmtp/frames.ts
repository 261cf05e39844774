/**
 * ZMTP's framing (RFC 23, "Framing"): a flags octet, a size of one or eight octets, the body.
 *
 * A message that came in one piece is kept as that piece beside its frames, so that it can be sent on without being
 * put together again.
 */
export type Frames = readonly Buffer[];

const MORE = 1;
const LONG = 2;
const COMMAND = 4;
const RESERVED = ~(MORE | LONG | COMMAND);
const SHORT_HEADER_BYTES = 2;
const LONG_HEADER_BYTES = 9;
const MAX_SHORT_BYTES = 255;
/** Node's largest buffer; a frame that claims more is no Jupyter message. */
const MAX_FRAME_BYTES = 0xffff_ffff;
/** Smaller frames are copied together, larger ones sent from where they are. */
const COPY_BYTES = 8192;

export class ZmtpError extends Error {
  override readonly name = 'ZmtpError';
}

export interface FrameHandler {
  /** @param wire the message as it came, framing included; undefined when it came in several pieces. */
  message(frames: Frames, wire: Buffer | undefined): void;
  command(body: Buffer): void;
}

export class FrameReader {
  readonly #handler: FrameHandler;
  /** Bytes of a frame that is not complete yet. */
  #held: Buffer[] = [];
  #heldBytes = 0;
  #neededBytes = 0;
  #frames: Buffer[] = [];
  #paused = false;

  constructor(handler: FrameHandler) {
    this.#handler = handler;
  }

  /** No message is delivered until `resume`; what is pushed meanwhile is kept. */
  pause(): void {
    this.#paused = true;
  }

  /** @throws ZmtpError */
  resume(): void {
    this.#paused = false;
    if (this.#heldBytes > 0) this.push(Buffer.alloc(0));
  }

  /** @throws ZmtpError when the bytes are not ZMTP; the connection is then of no use. */
  push(chunk: Buffer): void {
    let bytes = chunk;
    if (this.#heldBytes > 0 || this.#paused) {
      this.#held.push(chunk);
      this.#heldBytes += chunk.length;
      if (this.#paused || this.#heldBytes < this.#neededBytes) return;
      bytes = this.#held.length === 1 ? chunk : Buffer.concat(this.#held, this.#heldBytes);
      this.#held = [];
      this.#heldBytes = 0;
    }
    const rest = this.#parse(bytes);
    if (rest === bytes.length) return;
    this.#held = [bytes.subarray(rest)];
    this.#heldBytes = bytes.length - rest;
  }

  /** @returns where the first frame begins that is not complete. */
  #parse(bytes: Buffer): number {
    let at = 0;
    /** Where the current message begins; -1: in an earlier piece. */
    let messageAt = this.#frames.length > 0 ? -1 : 0;
    while (!this.#paused) {
      const left = bytes.length - at;
      const flags = bytes[at] ?? 0;
      if (flags & RESERVED) throw new ZmtpError(`flags ${flags} of a frame are unknown`);
      const headerBytes = flags & LONG ? LONG_HEADER_BYTES : SHORT_HEADER_BYTES;
      this.#neededBytes = headerBytes;
      if (left < headerBytes) break;
      const size = flags & LONG ? longSize(bytes, at + 1) : (bytes[at + 1] as number);
      this.#neededBytes = headerBytes + size;
      if (left < this.#neededBytes) break;
      const body = bytes.subarray(at + headerBytes, at + headerBytes + size);
      at += headerBytes + size;
      if (flags & COMMAND) {
        this.#handler.command(body);
        messageAt = this.#frames.length > 0 ? -1 : at;
        continue;
      }
      this.#frames.push(body);
      if (flags & MORE) continue;
      const frames = this.#frames;
      this.#frames = [];
      this.#handler.message(frames, messageAt < 0 ? undefined : bytes.subarray(messageAt, at));
      messageAt = at;
    }
    if (this.#paused) this.#neededBytes = 0; // whole frames may be among what is kept
    return at;
  }
}

/** The bytes of a message without its first frame, which is an address. */
export function withoutFirstFrame(wire: Buffer): Buffer {
  const flags = wire[0] as number;
  const size = flags & LONG ? longSize(wire, 1) : (wire[1] as number);
  return wire.subarray((flags & LONG ? LONG_HEADER_BYTES : SHORT_HEADER_BYTES) + size);
}

/** @returns pieces to write one after another. Large frames are among them as they are, not copied. */
export function encodeMessage(frames: Frames): Buffer[] {
  return encode(frames, frames.length - 1);
}

/** The first frame of a message whose further frames follow as bytes that are encoded already. */
export const encodeFirstFrame = (frame: Buffer): Buffer => Buffer.concat(encode([frame], -1));

export const encodeCommand = (body: Buffer): Buffer =>
  Buffer.concat([frameHeader(COMMAND, body.length), body]);

/** @param last index of the frame after which the message ends; -1: none of these. */
function encode(frames: Frames, last: number): Buffer[] {
  const pieces: Buffer[] = [];
  let small: Buffer[] = [];
  for (const [index, frame] of frames.entries()) {
    small.push(frameHeader(index === last ? 0 : MORE, frame.length));
    if (frame.length <= COPY_BYTES) small.push(frame);
    else {
      pieces.push(Buffer.concat(small), frame);
      small = [];
    }
  }
  if (small.length > 0) pieces.push(Buffer.concat(small));
  return pieces;
}

function frameHeader(flags: number, size: number): Buffer {
  if (size <= MAX_SHORT_BYTES) return Buffer.from([flags, size]);
  const header = Buffer.alloc(LONG_HEADER_BYTES);
  header[0] = flags | LONG;
  header.writeBigUInt64BE(BigInt(size), 1);
  return header;
}

function longSize(bytes: Buffer, at: number): number {
  const size = bytes.readUInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4);
  if (size > MAX_FRAME_BYTES) throw new ZmtpError(`a frame claims ${size} bytes`);
  return size;
}
