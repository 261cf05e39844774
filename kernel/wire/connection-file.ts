/**
 * Jupyter's connection file: where the five sockets are, and the key that signs their messages.
 *
 * Checked by hand: this is on the way to every kernel's start, and loading a schema library costs more than the check.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { CHANNELS, type Channel } from './channels.ts';

export interface Connection extends Readonly<Record<`${Channel}_port`, number>> {
  readonly transport: 'tcp' | 'ipc';
  readonly ip: string;
  /** Empty: messages are not signed. */
  readonly key: string;
  readonly signature_scheme: string;
  /** Fields that other programs put there, `kernel_name` among them, are kept. */
  readonly [extra: string]: unknown;
}

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
  try {
    return parseConnection(json);
  } catch (error) {
    throw new Error(`${path} is not a connection file: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** @throws Error that names the wrong field. */
export function parseConnection(json: unknown): Connection {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new Error('it is not an object');
  const fields = {
    transport: 'tcp',
    key: '',
    signature_scheme: 'hmac-sha256',
    ...json,
  } as Record<string, unknown>;
  if (fields['transport'] !== 'tcp' && fields['transport'] !== 'ipc')
    throw new Error('transport is neither tcp nor ipc');
  for (const name of ['ip', 'key', 'signature_scheme'])
    if (typeof fields[name] !== 'string') throw new Error(`${name} is not a string`);
  for (const channel of CHANNELS)
    if (!Number.isInteger(fields[`${channel}_port`]))
      throw new Error(`${channel}_port is not a whole number`);
  return fields as unknown as Connection;
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
