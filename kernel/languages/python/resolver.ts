/** Whose code a Python file is, by its name. */
import { isAbsolute, join, relative } from 'node:path';
import type { Source } from '../../../src/profile/index.ts';
import type { Frame } from '../../sampling/stacks.ts';
import type { FileOrigin, FrameResolver } from '../attribution/index.ts';

/** A cell as the kernel compiled it. */
export interface CompiledCell {
  readonly executionCount: number;
  /** Added to a line that Python tells, to get the line that the user typed: leading lines that IPython takes away. */
  readonly lineOffset: number;
  /** As the user typed it. */
  readonly source: string;
}

export interface PythonCode {
  /** By the file name that the kernel compiled it under. */
  readonly cells: ReadonlyMap<string, CompiledCell>;
  /**
   * The running cell, when it begins with a cell magic that runs its body under a name of its own (`%%time`); with
   * the number of lines above the body as `lineOffset`.
   */
  readonly body?: CompiledCell;
  /** Folders of the standard library and of installed packages. */
  readonly libraryFolders: readonly string[];
  /** ipykernel's folder for cells: files in it that are no known cell's are of cells that nobody can name. */
  readonly cellFolder: string;
  readonly workingDirectory: string;
  /** Text of a file, by absolute path; undefined when it cannot be read. */
  readonly readFile: (path: string) => string | undefined;
}

/** The names under which `%%time`, `%%timeit`, `%%prun` compile a cell's body. */
const BODY_NAMES = new Set(['<timed exec>', '<timed eval>', '<magic-timeit>', '<magic-prun>']);
/** Packages whose threads write the history, send output and watch the parent: no work of the cell's. */
const HOUSEKEEPERS = new Set(['IPython', 'ipykernel', 'debugpy']);
const RUNTIME: FileOrigin = { kind: 'runtime' };
/** Where new threads and processes begin: outside is the machinery, or, after a fork, whoever forked. */
const ENTRIES: readonly (readonly [file: RegExp, name: RegExp])[] = [
  [/(^|\/)multiprocessing\/process\.py$/, /\b_bootstrap$/],
  [/(^|\/)multiprocessing\/(pool|spawn|forkserver)\.py$/, /^(worker|spawn_main|main)$/],
  [/(^|\/)threading\.py$/, /\b(_bootstrap|_bootstrap_inner|run)$/],
  [/(^|\/)concurrent\/futures\/(thread|process)\.py$/, /(^|\.)(_worker|_process_worker|run)$/],
  [/(^|\/)loky\/process_executor\.py$/, /(^|\.)(_process_worker|__call__)$/],
];

export function createPythonResolver(code: PythonCode): FrameResolver {
  const folders = code.libraryFolders
    .map(folder => folder.replace(/\/+$/, '') + '/')
    // The packages' folder lies in the standard library's: the longer one is right.
    .sort((a, b) => b.length - a.length);
  const texts = new Map<string, readonly string[] | undefined>();
  const sources = new Map<number, CompiledCell>();
  for (const cell of [...code.cells.values(), ...(code.body ? [code.body] : [])]) {
    sources.set(cell.executionCount, cell);
  }

  const linesOf = (file: string): readonly string[] | undefined => {
    if (!texts.has(file)) {
      const path = isAbsolute(file) ? file : join(code.workingDirectory, file);
      texts.set(file, code.readFile(path)?.split('\n'));
    }
    return texts.get(file);
  };

  return {
    origin: file => originOf(file, code, folders),
    text: (source: Source) =>
      'file' in source
        ? linesOf(source.file)?.[source.line - 1]
        : sources.get(source.executionCount)?.source.split('\n')[source.line - 1],
    isEntry,
    isHousekeeping: frame => {
      const origin = originOf(frame.file, code, folders);
      return origin.kind === 'library' && HOUSEKEEPERS.has(origin.package);
    },
  };
}

function originOf(file: string, code: PythonCode, folders: readonly string[]): FileOrigin {
  const cell = code.cells.get(file) ?? (BODY_NAMES.has(file) ? code.body : undefined);
  if (cell) {
    const { executionCount, lineOffset } = cell;
    return { kind: 'cell', executionCount, lineOffset };
  }
  // `<frozen importlib._bootstrap>`, `<string>`: no text to show. The time belongs to the line that runs them.
  if (file === '' || file.startsWith('<')) return RUNTIME;
  if (code.cellFolder !== '' && file.startsWith(code.cellFolder)) return RUNTIME;
  const folder = folders.find(prefix => file.startsWith(prefix));
  if (folder !== undefined) return { kind: 'library', package: packageOf(file, folder) };
  return { kind: 'file', file: shown(file, code.workingDirectory) };
}

/** `numpy` for `numpy/_core/fromnumeric.py`, `threading` for `threading.py`. */
function packageOf(file: string, folder: string): string {
  const [first = ''] = file.slice(folder.length).split('/');
  return first.replace(/\.pyc?$/, '');
}

function shown(file: string, workingDirectory: string): string {
  if (!isAbsolute(file) || workingDirectory === '') return file;
  const path = relative(workingDirectory, file);
  return path.startsWith('..') ? file : path;
}

function isEntry(frame: Frame): boolean {
  return ENTRIES.some(([file, name]) => file.test(frame.file) && name.test(frame.function));
}
