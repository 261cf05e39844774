/** IPython kernels: the agent inside, the stack sampler outside. */
import { join } from 'node:path';
import type { JupyterMessage } from '../../wire/message.ts';
import type { KernelHandle, KernelInfo, LanguageAdapter, LanguageSession } from '../adapter.ts';
import { agentCode } from './agent-source.ts';
import { readHello } from './hello.ts';
import { MarksPage, SLOTS } from './marks-page.ts';
import { PythonSession } from './session.ts';

export const pythonAdapter: LanguageAdapter = {
  id: 'python',
  claims: spec => spec.language.toLowerCase() === 'python',
  // ipykernel 7 warns about plain TCP, and every ipykernel binds ipc. Behind a launcher of somebody else's (a container,
  // a remote shell) the kernel may not share our file system.
  transport: spec => (spec.argv.some(arg => arg.includes('ipykernel')) ? 'ipc' : 'tcp'),
  launch: launch => launch,
  open: openSession,
};

async function openSession(
  kernel: KernelHandle,
  info: KernelInfo,
): Promise<LanguageSession | undefined> {
  if (info.implementation !== 'ipython') return undefined;
  const page = new MarksPage(join(kernel.privateDir, 'marks'));
  let hello: JupyterMessage | undefined;
  try {
    const code = agentCode({
      page: page.path,
      slots: SLOTS,
      connectionFile: kernel.connectionFile,
      help: kernel.magicHelp,
    });
    await kernel.execute(code, message => {
      if (message.header.msg_type === 'pyperf_hello') hello = message;
    });
    if (hello === undefined) throw new Error('it did not say hello');
    return new PythonSession(page, readHello(hello.content), kernel.pid, info);
  } catch (error) {
    page.close();
    throw new Error(`PyPerf's agent could not start in the kernel: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
