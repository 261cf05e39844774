/** ZeroMQ's endpoints in terms of Node's `net`. */
import { rmSync } from 'node:fs';
import type { Server } from 'node:net';

export type Address = { readonly path: string } | { readonly host: string; readonly port: number };

/** @throws Error when it is neither `tcp://host:port` nor `ipc://path`. */
export function parseEndpoint(endpoint: string): Address {
  const ipc = /^ipc:\/\/(.+)$/s.exec(endpoint)?.[1];
  if (ipc !== undefined) return { path: ipc };
  const tcp = /^tcp:\/\/\[?([^\]]+)\]?:(\d+)$/.exec(endpoint);
  if (!tcp) throw new Error(`${endpoint} is no address of a kernel`);
  const host = tcp[1] as string;
  return { host: host === '*' ? '0.0.0.0' : host, port: Number(tcp[2]) };
}

/** @throws Error of the address when it cannot be listened on. */
export function listen(server: Server, endpoint: string): Promise<void> {
  const address = parseEndpoint(endpoint);
  // A socket's file outlives its process, and libzmq replaces it as well.
  if ('path' in address) rmSync(address.path, { force: true });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ ...address, backlog: 100 }, () => {
      server.off('error', reject);
      // Out of file descriptors, for example: this client is not served, the others are.
      server.on('error', () => undefined);
      resolve();
    });
  });
}
