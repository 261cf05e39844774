/**
 * The helper process of `%load_ext jupyterlab_pyperf`: measures a kernel that was started without the hook.
 *
 * `node attach.cjs FD PID`: a socket to the kernel's side, and its process id. It is no child of the kernel, so that
 * code there that waits for its children, or counts them, sees none of ours; it ends with the kernel.
 */
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { version } from '../package.json';
import { AttachedKernel } from './attach/attached-kernel.ts';
import { FromKernelSchema, type ToKernel } from './attach/protocol.ts';

/** A forked child of the kernel may hold the socket open after the kernel's death. */
const KERNEL_POLL_MS = 1000;

const [fd, pid] = process.argv.slice(2).map(Number);
if (fd === undefined || pid === undefined) throw new Error('usage: attach FD PID');

const socket = new Socket({ fd });
const say = (message: ToKernel): void => void socket.write(`${JSON.stringify(message)}\n`);
const kernel = new AttachedKernel({
  pid,
  version,
  log: reason => void process.stderr.write(`${reason}\n`),
});

// The kernel is interrupted and ended by signals to its whole group.
process.on('SIGINT', () => undefined);
process.on('exit', () => kernel.forget());
socket.on('error', () => process.exit());
const poll = setInterval(() => {
  try {
    process.kill(pid, 0);
  } catch {
    process.exit();
  }
}, KERNEL_POLL_MS);
poll.unref();

let before: Promise<void> = Promise.resolve();
createInterface({ input: socket })
  .on('line', line => {
    before = before.then(() => answer(line));
  })
  .on('close', () => process.exit());

async function answer(line: string): Promise<void> {
  try {
    const reply = await kernel.handle(FromKernelSchema.parse(JSON.parse(line)));
    if (reply) say(reply);
  } catch (error) {
    say({ type: 'failed', reason: (error as Error).message });
  }
}
