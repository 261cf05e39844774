/** Runs the built command as a person would, in a folder of its own, and cleans up after it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cell, Notebook } from '../../../src/cli/notebook/model.ts';
import { parseProfileText, type Profile } from '../../../src/profile/index.ts';
import { buildHook, ROOT } from '../../support/kernels.ts';

export const COMMAND = join(ROOT, 'dist/cli/jupyter-pyperf.mjs');
export const VENV = join(ROOT, '.venv');

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class Workplace {
  readonly dir = mkdtempSync(join(tmpdir(), 'pyperf-cli-'));
  readonly out = join(this.dir, 'out');
  readonly runtime = join(this.dir, 'runtime');

  constructor() {
    buildHook();
  }

  path(name: string): string {
    return join(this.dir, name);
  }

  /** @param cells code, or whole cells. */
  notebook(name: string, cells: readonly (string | Partial<Cell>)[], minor = 5): string {
    const notebook: Notebook = {
      cells: cells.map((cell, at) => ({
        cell_type: 'code',
        execution_count: null,
        ...(minor >= 5 && { id: `cell-${at}` }),
        metadata: {},
        outputs: [],
        source: '',
        ...(typeof cell === 'string' ? { source: cell } : cell),
      })),
      metadata: { kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' } },
      nbformat: 4,
      nbformat_minor: minor,
    };
    for (const cell of notebook.cells)
      if (cell.cell_type !== 'code') {
        delete cell.outputs;
        delete cell.execution_count;
      }
    writeFileSync(this.path(name), `${JSON.stringify(notebook, null, 1)}\n`);
    return this.path(name);
  }

  start(...args: readonly string[]): { child: ChildProcess; finished: Promise<Finished> } {
    const child = spawn(process.execPath, [COMMAND, ...args], {
      cwd: this.dir,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PYPERF_PREFIX: VENV,
        PATH: `${join(VENV, 'bin')}:${process.env['PATH'] ?? ''}`,
        JUPYTER_DATA_DIR: join(this.dir, 'data'),
        JUPYTER_RUNTIME_DIR: this.runtime,
        IPYTHONDIR: join(this.dir, 'ipython'),
      },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const finished = new Promise<Finished>(done =>
      child.once('close', code => done({ code, stdout, stderr })),
    );
    return { child, finished };
  }

  run(...args: readonly string[]): Promise<Finished> {
    return this.start(...args).finished;
  }

  /** Runs notebooks with their results in `out`. */
  profile(...args: readonly string[]): Promise<Finished> {
    return this.run('run', '--out', this.out, ...args);
  }

  executed(stem: string): Notebook {
    return JSON.parse(readFileSync(join(this.out, `${stem}.ipynb`), 'utf8')) as Notebook;
  }

  measured(stem: string): Profile {
    return parseProfileText(readFileSync(join(this.out, `${stem}.pyperf.json`), 'utf8'));
  }

  /** What a finished run must not leave behind. */
  leftovers(): string[] {
    try {
      return readdirSync(this.runtime);
    } catch {
      return [];
    }
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Outputs as short texts: `stdout: a`, the text of displays, `ValueError: why`. */
export const shown = (cell: Cell | undefined): string[] =>
  (cell?.outputs ?? []).map(output => {
    switch (output.output_type) {
      case 'stream':
        return `${output.name}: ${[output.text].flat().join('')}`;
      case 'display_data':
      case 'execute_result':
        return [output.data['text/plain']].flat().join('');
      case 'error':
        return `${output.ename}: ${output.evalue}`;
    }
  });
