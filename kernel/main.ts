/** The hook: a kernel that Jupyter starts in place of the real one. */
import { dirname } from 'node:path';
import { version } from '../package.json';
import { adapterFor } from './languages/registry.ts';
import { parseHookArguments, USAGE, type HookArguments } from './proxy/arguments.ts';
import { KernelProxy } from './proxy/kernel-proxy.ts';
import { fillArgv, fillEnv, readKernelSpec, specOfCommand } from './proxy/kernel-spec.ts';
import { launchKernel } from './proxy/launch.ts';
import { logToStderr } from './proxy/log.ts';
import { sweepStaleFolders } from './proxy/private-folder.ts';
import { supervise } from './proxy/supervise.ts';
import {
  createSigner,
  readConnectionFile,
  type JsonObject,
  type KernelSpec,
} from './wire/index.ts';

const DEFAULT_MAX_BACKLOG_BYTES = 256e6;

async function main(argv: readonly string[]): Promise<void> {
  if (argv.includes('--help')) return console.log(USAGE);
  const args = parseHookArguments(argv);
  const spec =
    'kernelspec' in args.kernel
      ? readKernelSpec(args.kernel.kernelspec)
      : specOfCommand(args.kernel.argv);
  await runHook(args, spec);
}

async function runHook(args: HookArguments, spec: KernelSpec): Promise<void> {
  const front = readConnectionFile(args.connectionFile);
  const signer = createSigner(front.key, front.signature_scheme);

  const adapter = adapterFor(spec);

  // The kernel starts first: everything below happens while it loads.
  const kernel = await launchKernel({
    front,
    frontFile: args.connectionFile,
    transport: adapter.transport(spec),
    command: connectionFile =>
      adapter.launch({
        argv: fillArgv(spec, { connectionFile, ...(args.python && { python: args.python }) }),
        env: fillEnv(spec.env, process.env),
      }),
  });
  const supervisor = supervise({ kernel, interruptMode: spec.interruptMode, log: logToStderr });

  const proxy = new KernelProxy({
    front,
    back: kernel.connection,
    signer,
    log: logToStderr,
    maxBacklogBytes: maxBacklogBytes(),
    onShutdownReply: supervisor.expectExit,
  });
  supervisor.proxy = proxy;
  await proxy
    .listen()
    .catch((error: unknown) =>
      supervisor.abort(`cannot listen for Jupyter: ${(error as Error).message}`),
    );
  sweepStaleFolders(dirname(kernel.folder.path));

  // Loads while the kernel does. Its failure is told below.
  const loading = import('./run/index.ts');
  loading.catch(() => undefined);
  let info: JsonObject;
  try {
    info = (await proxy.ready()).content;
  } catch {
    return; // the kernel ended while it started: the supervisor passes its exit on
  }
  try {
    const { createRun, openLanguage } = await loading;
    const opened = await openLanguage({
      proxy,
      spec,
      reply: info,
      pid: kernel.pid,
      privateDir: kernel.folder.path,
      connectionFile: args.connectionFile,
    });
    kernel.settled();
    const run = createRun({
      link: proxy,
      signer,
      spec,
      kernelPid: kernel.pid,
      version,
      tellsFigures: args.cellMetadata,
      log: logToStderr,
      ...opened,
    });
    supervisor.beforeExit = () => run.kernelDied();
    proxy.openShell(run);
  } catch (error) {
    logToStderr(`this kernel runs without PyPerf: ${(error as Error).stack ?? String(error)}`);
    kernel.settled();
    proxy.openShell();
  }
}

function maxBacklogBytes(): number {
  const set = Number(process.env['PYPERF_MAX_BACKLOG_BYTES']);
  return Number.isFinite(set) && set > 0 ? set : DEFAULT_MAX_BACKLOG_BYTES;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  logToStderr((error as Error).message);
  process.exit(1);
});
