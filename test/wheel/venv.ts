/** An environment of its own with the wheel in it, and with a PATH that has no Node. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  accessSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Notebook } from '../../src/cli/notebook/model.ts';
import { PYTHON, ROOT } from '../support/kernels.ts';
import { filesBelow } from './wheel-file.ts';

/** Programs of the system, but Node and what comes with it. */
const NODES = /^(node|nodejs|npm|npx|corepack|yarn|pnpm)$/;

export interface Ran {
  readonly code: number | null;
  readonly output: string;
}

export class Venv {
  readonly dir = mkdtempSync(join(tmpdir(), 'pyperf-venv-'));
  readonly prefix = join(this.dir, 'venv');
  readonly work = join(this.dir, 'work');
  readonly env: Record<string, string>;

  constructor() {
    const tools = join(this.dir, 'tools');
    for (const folder of [this.work, tools]) mkdirSync(folder);
    for (const folder of ['/usr/local/bin', '/usr/bin', '/bin'])
      for (const name of namesIn(folder))
        if (!NODES.test(name) && !namesIn(tools).includes(name))
          symlinkSync(join(folder, name), join(tools, name));
    this.env = {
      ...(process.env as Record<string, string>),
      PATH: `${join(this.prefix, 'bin')}:${tools}`,
      HOME: this.dir,
      JUPYTER_RUNTIME_DIR: join(this.dir, 'runtime'),
      JUPYTER_PLATFORM_DIRS: '0',
    };
  }

  async create(): Promise<void> {
    const { code, output } = await finished(spawn(PYTHON, ['-m', 'venv', this.prefix]));
    if (code !== 0) throw new Error(output);
  }

  /** With the versions that are known to work: a package that came out today must not fail this test. */
  pip(...args: readonly string[]): Promise<Ran> {
    const env = {
      ...this.env,
      HOME: process.env['HOME'] ?? this.dir,
      PIP_CONSTRAINT: join(ROOT, 'binder/requirements.txt'),
    };
    return this.#run('pip', ['--disable-pip-version-check', '--no-input', ...args], env);
  }

  run(
    program: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Ran> {
    return this.#run(program, args, { ...this.env, ...env });
  }

  start(program: string, args: readonly string[]): ChildProcess {
    return spawn(join(this.prefix, 'bin', program), args, {
      cwd: this.work,
      env: this.env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  }

  files(): string[] {
    return filesBelow(this.prefix).filter(file => !file.endsWith('.pyc'));
  }

  notebook(name: string, cells: readonly string[], kernel = 'python3'): string {
    const path = join(this.work, name);
    const notebook = {
      cells: cells.map((source, at) => ({
        ...{ cell_type: 'code', id: `cell-${at}`, execution_count: null },
        ...{ metadata: {}, outputs: [], source },
      })),
      metadata: { kernelspec: { name: kernel, display_name: kernel, language: 'python' } },
      ...{ nbformat: 4, nbformat_minor: 5 },
    };
    writeFileSync(path, JSON.stringify(notebook));
    return path;
  }

  read(name: string): Notebook {
    return JSON.parse(readFileSync(join(this.work, name), 'utf8')) as Notebook;
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }

  #run(program: string, args: readonly string[], env: Record<string, string>): Promise<Ran> {
    return finished(spawn(join(this.prefix, 'bin', program), args, { cwd: this.work, env }));
  }
}

async function finished(child: ChildProcess): Promise<Ran> {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

function namesIn(folder: string): string[] {
  try {
    accessSync(folder, constants.R_OK);
    return readdirSync(folder);
  } catch {
    return []; // no such folder on this system
  }
}
