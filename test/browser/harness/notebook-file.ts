/** Notebook files as browser tests need them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JupyterEnvironment } from '../../integration/jupyter/harness/environment.ts';

/** Kernelspecs that `createEnvironment` writes. */
export type Kernel = 'bare' | 'wrapped' | 'wrapped-typescript';

export interface CellFile {
  readonly source: string;
  readonly type?: 'code' | 'markdown';
  readonly id?: string;
  readonly outputs?: readonly unknown[];
  readonly executionCount?: number;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

export interface NotebookFile {
  readonly name: string;
  /** A string is the source of a code cell. Without an id of its own, cell 3 is `cell-3`. */
  readonly cells: readonly (string | CellFile)[];
  readonly kernel?: Kernel;
}

export function writeNotebook(
  jupyter: JupyterEnvironment,
  { name, cells, kernel = 'wrapped' }: NotebookFile,
): void {
  const kernelspec = {
    name: kernel,
    display_name: kernel,
    language: kernel === 'wrapped-typescript' ? 'typescript' : 'python',
  };
  writeFileSync(
    join(jupyter.notebooks, name),
    JSON.stringify({
      cells: cells.map(cellJson),
      metadata: { kernelspec },
      nbformat: 4,
      nbformat_minor: 5,
    }),
  );
}

function cellJson(cell: string | CellFile, index: number): Record<string, unknown> {
  const given: CellFile = typeof cell === 'string' ? { source: cell } : cell;
  const { source, type = 'code', id = `cell-${index}`, metadata = {} } = given;
  return {
    cell_type: type,
    id,
    metadata,
    source,
    ...(type === 'code' && {
      execution_count: given.executionCount ?? null,
      outputs: given.outputs ?? [],
    }),
  };
}
