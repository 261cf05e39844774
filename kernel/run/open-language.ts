/** Opens the started kernel's language; when that fails, the kernel goes on with time and resources alone. */
import { resolve } from 'node:path';
import type { KernelInfo, KernelSpec, LanguageSession } from '../languages/adapter.ts';
import { adapterFor, plainAdapter } from '../languages/registry.ts';
import type { ProxyLink } from '../proxy/tap.ts';
import type { JsonObject, JupyterMessage } from '../wire/message.ts';
import { magicHelp } from './magic.ts';

/** How long a kernel that is up may take to run our agent's code. */
const AGENT_WITHIN_MS = 10_000;

export interface StartedKernel {
  readonly proxy: ProxyLink;
  readonly spec: KernelSpec;
  /** The content of its `kernel_info_reply`. */
  readonly reply: JsonObject;
  readonly pid: number;
  readonly privateDir: string;
  readonly connectionFile: string;
}

export interface OpenedLanguage {
  readonly info: KernelInfo;
  readonly language: LanguageSession;
  readonly notes: readonly string[];
}

export async function openLanguage(kernel: StartedKernel): Promise<OpenedLanguage> {
  const info = toInfo(kernel.reply);
  const notes: string[] = [];
  const handle = {
    pid: kernel.pid,
    privateDir: kernel.privateDir,
    connectionFile: resolve(kernel.connectionFile),
    magicHelp: magicHelp(),
    execute: (code: string, onPublished?: (message: JupyterMessage) => void) =>
      execute(kernel.proxy, code, onPublished),
  };
  // What the kernel says it speaks counts more than its spec.
  const adapter = adapterFor({ ...kernel.spec, language: info.language || kernel.spec.language });
  try {
    const language = await adapter.open(handle, info);
    if (language) return { info, language, notes };
  } catch (error) {
    notes.push(`${(error as Error).message}.`);
  }
  const language = await plainAdapter.open(handle, info);
  if (!language) throw new Error('the plain adapter takes every kernel');
  return { info, language, notes };
}

async function execute(
  proxy: ProxyLink,
  code: string,
  onPublished?: (message: JupyterMessage) => void,
): Promise<void> {
  const content = {
    code,
    silent: true,
    store_history: false,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: false,
  };
  const reply = await within(
    AGENT_WITHIN_MS,
    proxy.request('shell', 'execute_request', content, onPublished),
  );
  const { status, ename, evalue } = reply.content;
  if (status !== 'ok') throw new Error(`${String(ename)}: ${String(evalue)}`);
}

async function within<T>(limitMs: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limitMs / 1000} s`)), limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function toInfo(content: JsonObject): KernelInfo {
  const language = (content['language_info'] ?? {}) as JsonObject;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    implementation: text(content['implementation']),
    implementationVersion: text(content['implementation_version']),
    language: text(language['name']),
    languageVersion: text(language['version']),
  };
}
