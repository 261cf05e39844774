/**
 * The server's websocket framing `v1.kernel.websocket.jupyter.org`, which JupyterLab uses:
 * `[count, offset 0 … offset count-1] (uint64, little endian), channel, header, parent_header, metadata, content,
 * buffer…`; the last offset is the message's end.
 */
export const SUBPROTOCOL = 'v1.kernel.websocket.jupyter.org';

export type Channel = 'shell' | 'control' | 'stdin' | 'iopub';
export type Dictionary = Readonly<Record<string, unknown>>;

export interface KernelMessage {
  readonly channel: Channel;
  readonly header: Dictionary & { readonly msg_id: string; readonly msg_type: string };
  readonly parent_header: Dictionary & { readonly msg_id?: string };
  readonly metadata: Dictionary;
  readonly content: Dictionary;
  readonly buffers: readonly Buffer[];
}

const OFFSET_BYTES = 8;

export function encodeMessage(message: KernelMessage): Buffer {
  const { channel, header, parent_header, metadata, content, buffers } = message;
  const parts = [
    Buffer.from(channel),
    ...[header, parent_header, metadata, content].map(part => Buffer.from(JSON.stringify(part))),
    ...buffers,
  ];
  const head = Buffer.alloc(OFFSET_BYTES * (parts.length + 2));
  head.writeBigUInt64LE(BigInt(parts.length + 1), 0);
  let offset = head.length;
  for (const [index, part] of [...parts, Buffer.alloc(0)].entries()) {
    head.writeBigUInt64LE(BigInt(offset), OFFSET_BYTES * (index + 1));
    offset += part.length;
  }
  return Buffer.concat([head, ...parts]);
}

export function decodeMessage(bytes: Buffer): KernelMessage {
  const count = Number(bytes.readBigUInt64LE(0));
  const offset = (index: number): number =>
    Number(bytes.readBigUInt64LE(OFFSET_BYTES * (index + 1)));
  const parts = Array.from({ length: count - 1 }, (_, index) =>
    bytes.subarray(offset(index), offset(index + 1)),
  );
  const [channel, header, parent, metadata, content, ...buffers] = parts;
  const parse = (part: Buffer | undefined): unknown => JSON.parse((part as Buffer).toString());
  return {
    channel: (channel as Buffer).toString() as Channel,
    header: parse(header) as KernelMessage['header'],
    parent_header: parse(parent) as KernelMessage['parent_header'],
    metadata: parse(metadata) as Dictionary,
    content: parse(content) as Dictionary,
    buffers,
  };
}
