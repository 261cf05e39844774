/**
 * Loaded into tslab's process before tslab (`node --require`). Puts our parts between tslab and what it uses: its
 * TypeScript, Node's `vm`, and its own message handlers. What does not look as expected is left alone and told to the
 * hook; tslab then runs as without us.
 */
import Module from 'node:module';
import { dirname, join } from 'node:path';
import vm from 'node:vm';
import { isMainThread } from 'node:worker_threads';
import { createMailbox, MailboxWriter } from '../mailbox.ts';
import {
  FOLDER_VARIABLE,
  HELLO,
  MARKS_MAILBOX,
  STACKS_MAILBOX,
  type HelloRecord,
} from '../told.ts';
import { patchJupyter, type JupyterModule } from './jupyter-patch.ts';
import { Kernel } from './kernel.ts';
import { ProfilerClient } from './profiler-client.ts';
import { traceSources } from './stack-traces.ts';
import { patchTypeScript, type TypeScript } from './typescript-patch.ts';

const TYPESCRIPT = '@tslab/typescript-for-tslab';
const CELL = /^\((?:async )?function\(exports, require\) \{ /;
const CELL_END = '})(__tslab__.exports, __tslab__.require)';

type Loader = (
  request: string,
  parent: { readonly filename?: string } | undefined,
  isMain: boolean,
) => unknown;
type Compile = (this: unknown, code: string, filename: string, ...rest: unknown[]) => unknown;
interface ModuleInternals {
  _load: Loader;
  prototype: { _compile: Compile };
}

const folder = process.env[FOLDER_VARIABLE];
if (isMainThread && folder !== undefined) {
  leaveNoTrace();
  install(folder);
}

/** Processes and threads that the user's code starts are none of ours. */
function leaveNoTrace(): void {
  delete process.env[FOLDER_VARIABLE];
  const at = process.execArgv.indexOf(__filename);
  if (at > 0) process.execArgv.splice(at - 1, 2);
  const options = process.env['NODE_OPTIONS'];
  if (options === undefined) return;
  const left = options.replace(`--require ${JSON.stringify(__filename)}`, '').trim();
  if (left === '') delete process.env['NODE_OPTIONS'];
  else process.env['NODE_OPTIONS'] = left;
}

function install(mailFolder: string): void {
  const mailbox = new MailboxWriter(createMailbox(join(mailFolder, MARKS_MAILBOX)));
  const profiler = new ProfilerClient({
    workerFile: join(dirname(__filename), 'profiler-worker.cjs'),
    mailboxFd: createMailbox(join(mailFolder, STACKS_MAILBOX)),
  });
  const kernel = new Kernel(profiler, mailbox, process.argv.includes('--js'));
  const hello = {
    nodeVersion: process.versions.node,
    typescriptVersion: '',
    problems: ['tslab did not load as expected: its cells are not profiled.'] as string[],
  };
  const say = (): void => mailbox.put(HELLO, JSON.stringify(hello satisfies HelloRecord));
  say();
  const internals = Module as unknown as ModuleInternals;
  const patched = new Map<unknown, unknown>();
  const load = internals._load;
  internals._load = function (request, parent, isMain) {
    const loaded = load.call(this, request, parent, isMain);
    const file = parent?.filename ?? '';
    if (request !== TYPESCRIPT && !isJupyter(loaded, file)) return loaded;
    const known = patched.get(loaded);
    if (known !== undefined) return known;
    try {
      let result = loaded;
      if (request === TYPESCRIPT) {
        const typescript = loaded as TypeScript;
        hello.typescriptVersion = typescript.version;
        result = patchTypeScript(typescript, file, mapped => kernel.emitted(mapped));
      } else {
        patchJupyter(loaded as JupyterModule, kernel);
        hello.problems = [];
      }
      patched.set(loaded, result);
      say();
      return result;
    } catch (error) {
      hello.problems = [`tslab could not be prepared: ${(error as Error).message}.`];
      say();
      return loaded;
    }
  };
  patchCompile(internals, kernel);
  patchVm(kernel);
  traceSources(script => kernel.traced(script));
}

function isJupyter(loaded: unknown, parentFile: string): boolean {
  if (typeof loaded !== 'object' || loaded === null || !parentFile.endsWith('main.js'))
    return false;
  return 'ZmqServer' in loaded && 'JupyterHandlerImpl' in loaded;
}

function patchCompile(internals: ModuleInternals, kernel: Kernel): void {
  const compile = Reflect.get<typeof internals.prototype, '_compile'>(
    internals.prototype,
    '_compile',
  );
  internals.prototype._compile = function (code, filename, ...rest) {
    kernel.loads(filename, code);
    return compile.call(this, code, filename, ...rest);
  };
}

/** Cells get a name of their own and are timed; any other code runs as it would. */
function patchVm(kernel: Kernel): void {
  const run = vm.runInThisContext.bind(vm);
  vm.runInThisContext = (code, options) => {
    const wrapper = typeof code === 'string' ? CELL.exec(code)?.[0] : undefined;
    if (wrapper === undefined || !code.endsWith(CELL_END)) return run(code, options) as unknown;
    const filename = kernel.begin(code, wrapper.length);
    const cell = kernel.current;
    const isAsync = wrapper.startsWith('(async');
    const given = typeof options === 'object' ? options : {};
    try {
      // Node would show the line of the JavaScript above the stack.
      const result: unknown = run(code, { ...given, filename, displayErrors: false });
      if (!isAsync) return result;
      const failed = (error: unknown): void => {
        cell?.failure.threw(error);
        kernel.end(cell);
      };
      (result as Promise<unknown>).then(() => kernel.end(cell), failed);
      return result;
    } catch (error) {
      cell?.failure.threw(error);
      throw error;
    } finally {
      if (!isAsync) kernel.end(cell);
    }
  };
}
