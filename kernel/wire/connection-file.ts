/** Jupyter's connection file: where the five sockets are, and the key that signs their messages. */
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Channel } from './channels.ts';

const ConnectionSchema = z.looseObject({
  transport: z.enum(['tcp', 'ipc']).default('tcp'),
  ip: z.string(),
  key: z.string().default(''),
  signature_scheme: z.string().default('hmac-sha256'),
  shell_port: z.number().int(),
  control_port: z.number().int(),
  stdin_port: z.number().int(),
  iopub_port: z.number().int(),
  hb_port: z.number().int(),
});
export type Connection = z.infer<typeof ConnectionSchema>;

/** @throws Error in one sentence when the file cannot be read or is not a connection file. */
export function readConnectionFile(path: string): Connection {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`cannot read the connection file ${path}: ${(error as Error).message}`, {
      cause: error,
    });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(`${path} is not a connection file: it is not JSON`);
  }
  const parsed = ConnectionSchema.safeParse(json);
  if (!parsed.success)
    throw new Error(`${path} is not a connection file: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** Readable by its owner alone: the key in it is the permission to run code. */
export function writeConnectionFile(path: string, connection: Connection): void {
  writeFileSync(path, JSON.stringify(connection, null, 1), { mode: 0o600, flag: 'wx' });
}

export function endpoint(connection: Connection, channel: Channel): string {
  const port = connection[`${channel}_port`];
  return connection.transport === 'ipc'
    ? `ipc://${connection.ip}-${port}`
    : `tcp://${connection.ip}:${port}`;
}
