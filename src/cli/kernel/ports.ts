/** A connection file for a new kernel: five free ports of the loopback interface and a fresh key. */
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { writeConnectionFile, type Connection } from '../../../kernel/wire/connection-file.ts';
import { makeFolder } from '../files/make-folder.ts';
import { CliError, systemReason } from '../errors.ts';

const HOST = '127.0.0.1';

/**
 * The ports are free now; another program may still take one before the kernel does, as with any Jupyter launcher.
 * @throws CliError when the runtime folder cannot be written.
 */
export async function createConnection(
  runtimeDir: string,
): Promise<{ readonly file: string; readonly connection: Connection }> {
  const [shell, iopub, stdin, control, hb] = await freePorts(5);
  const connection: Connection = {
    shell_port: shell as number,
    iopub_port: iopub as number,
    stdin_port: stdin as number,
    control_port: control as number,
    hb_port: hb as number,
    ip: HOST,
    key: randomBytes(32).toString('hex'),
    transport: 'tcp',
    signature_scheme: 'hmac-sha256',
    kernel_name: '',
  };
  const file = join(runtimeDir, `kernel-${randomUUID()}.json`);
  try {
    makeFolder(runtimeDir, 0o700);
    writeConnectionFile(file, connection);
  } catch (error) {
    throw new CliError(
      `cannot write in Jupyter's runtime folder ${runtimeDir}: ${systemReason(error)}`,
      undefined,
      { cause: error },
    );
  }
  return { file, connection };
}

/** All are held open until the last is known, so that they differ. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listen));
  const ports = servers.map(server => (server.address() as AddressInfo).port);
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
  return ports;
}

function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, HOST, () => resolve(server));
  });
}
