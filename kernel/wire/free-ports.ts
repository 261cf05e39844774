/** Ports for a kernel to bind. */
import { randomInt } from 'node:crypto';
import { createServer, type AddressInfo, type Server } from 'node:net';

/**
 * Below the ports that Linux (32768), macOS and Windows (49152) hand out by themselves: those may go to any connection
 * that is opened between our look and the kernel's bind, and on a busy machine they do.
 */
const FIRST_PORT = 18_000;
const PORTS = 14_000;
const TRIES = 50;

/**
 * Free a moment ago, and different from each other: all are held until the last is known. Jupyter's launchers find a
 * kernel's ports in no other way.
 * @throws Error of the system when it has none.
 */
export async function freePorts(count: number, host: string): Promise<number[]> {
  const servers: Server[] = [];
  try {
    for (let found = 0; found < count; found++) servers.push(await listenAnywhere(host));
    return servers.map(server => (server.address() as AddressInfo).port);
  } finally {
    await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
  }
}

async function listenAnywhere(host: string): Promise<Server> {
  for (let tries = 0; tries < TRIES; tries++) {
    try {
      return await listen(FIRST_PORT + randomInt(PORTS), host);
    } catch {
      // Taken, or not for us: another one.
    }
  }
  return listen(0, host);
}

function listen(port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}
