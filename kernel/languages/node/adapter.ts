/** tslab and jslab: unmodified, with our part loaded into their process before them. */
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type {
  KernelHandle,
  KernelInfo,
  KernelLaunch,
  LanguageAdapter,
  LanguageSession,
} from '../adapter.ts';
import { findProgram, isNodeScript } from './find-program.ts';
import { MailboxReader } from './mailbox.ts';
import { NodeSession } from './session.ts';
import { FOLDER_VARIABLE, HELLO, MARKS_MAILBOX, STACKS_MAILBOX, type HelloRecord } from './told.ts';

/** Built beside the hook, see `scripts/build.mjs`. */
const PRELOAD = join(dirname(fileURLToPath(import.meta.url)), 'node', 'preload.cjs');

export const nodeAdapter: LanguageAdapter = {
  id: 'node',
  // By the program: other kernels speak TypeScript and JavaScript too.
  claims: spec => spec.argv.some(isTslab),
  transport: () => 'tcp',
  launch: withPreload,
  open: openSession,
};

const isTslab = (argument: string): boolean => /^tslab(\.cmd|\.js)?$/.test(basename(argument));

/**
 * The kernel's connection file stands in the folder that hook and kernel share. Where tslab is no script that we can
 * hand to Node ourselves, Node is asked through its environment.
 */
export function withPreload(launch: KernelLaunch): KernelLaunch {
  const [program = '', ...rest] = launch.argv;
  const folder = dirname(connectionFileOf(launch.argv) ?? '');
  const env = { ...launch.env, [FOLDER_VARIABLE]: folder };
  const path = launch.env['PATH'] ?? process.env['PATH'] ?? '';
  const where = { path, folder: process.cwd() };
  if (/^node(\.exe)?$/.test(basename(program)))
    return { argv: [program, '--require', PRELOAD, ...rest], env };
  const script = findProgram(program, where);
  if (script !== undefined && isNodeScript(script)) {
    const node = findProgram('node', where) ?? process.execPath;
    return { argv: [node, '--require', PRELOAD, script, ...rest], env };
  }
  const options = launch.env['NODE_OPTIONS'] ?? process.env['NODE_OPTIONS'] ?? '';
  const nodeOptions = `--require ${JSON.stringify(PRELOAD)} ${options}`.trim();
  return { argv: [script ?? program, ...rest], env: { ...env, NODE_OPTIONS: nodeOptions } };
}

function connectionFileOf(argv: readonly string[]): string | undefined {
  const at = argv.indexOf('--config-path');
  if (at >= 0) return argv[at + 1];
  return argv
    .find(argument => argument.startsWith('--config-path='))
    ?.slice('--config-path='.length);
}

function openSession(kernel: KernelHandle, info: KernelInfo): Promise<LanguageSession | undefined> {
  if (info.implementation !== 'tslab' && info.implementation !== 'jslab')
    return Promise.resolve(undefined);
  const marks = new MailboxReader(join(kernel.privateDir, MARKS_MAILBOX));
  const hello = marks.find(HELLO);
  if (hello === undefined) {
    marks.close();
    return Promise.reject(new Error("PyPerf's part inside tslab said nothing"));
  }
  const session = new NodeSession({
    info,
    marks,
    stacks: new MailboxReader(join(kernel.privateDir, STACKS_MAILBOX)),
    hello: JSON.parse(hello) as HelloRecord,
  });
  return Promise.resolve(session);
}
