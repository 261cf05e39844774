/** A connection file for a new kernel: five free ports of the loopback interface and a fresh key. */
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { freePorts } from '../../../kernel/wire/free-ports.ts';
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
  const [shell, iopub, stdin, control, hb] = await freePorts(5, HOST);
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
