/** The user's own scripts, as the profiler's thread knows them: from V8's names and lines to the user's. */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isTslabs, packageOf } from '../package-name.ts';
import { CallSites } from './call-sites.ts';
import type { CallFrame } from './v8-profile.ts';

export interface ScriptInfo {
  /** The name that V8 knows it by. */
  readonly script: string;
  /** What to call it: a cell's name, or the path of a file. */
  readonly file: string;
  readonly code: string;
  /** The source line of each line of the script; see `lineTable`. */
  readonly table: readonly number[];
  /** Columns of the first line that tslab's wrapper takes; 0 for a file. */
  readonly wrapperColumns: number;
}

export interface Place {
  readonly function: string;
  readonly file: string;
  readonly firstLine: number;
  /** Set for the user's own code that was compiled; its lines are then mapped. */
  readonly script?: KnownScript;
  /** The function that tslab puts a cell's text into. */
  readonly isCellItself: boolean;
}

export class KnownScript {
  #sites: CallSites | undefined | null = null;

  constructor(readonly info: ScriptInfo) {}

  get sites(): CallSites | undefined {
    if (this.#sites === null) this.#sites = CallSites.of(this.info.code);
    return this.#sites;
  }

  /** @param line of the script, counted from 1. @returns 0 where nothing of the user's stands. */
  sourceLine(line: number): number {
    return this.info.table[line - 1] ?? 0;
  }
}

/** What our own frames are called, whatever file they are in. */
const OWN = 'pyperf';

export class Scripts {
  readonly #known = new Map<string, KnownScript>();

  /** @param ownFolder where our own scripts are, which are none of the user's. */
  constructor(private readonly ownFolder: string) {}

  add(info: ScriptInfo): void {
    this.#known.set(info.script, new KnownScript(info));
  }

  place(call: CallFrame): Place {
    const url = pathOf(call.url);
    const path = dirname(url) === this.ownFolder ? OWN : url;
    const script = this.#known.get(path) ?? this.#plainFile(path);
    const line = call.lineNumber + 1;
    const isCellItself =
      script !== undefined &&
      call.lineNumber === 0 &&
      call.columnNumber < script.info.wrapperColumns;
    const name = call.functionName === '' ? '(anonymous)' : call.functionName;
    return {
      function: isCellItself ? '<module>' : name,
      file: script?.info.file ?? path,
      firstLine: isCellItself ? 1 : (script?.sourceLine(line) ?? Math.max(0, line)),
      ...(script && { script }),
      isCellItself,
    };
  }

  /** Code of a package that the user's code uses; we may be installed as one too. */
  isLibrary(call: CallFrame): boolean {
    const path = pathOf(call.url);
    const name = packageOf(path);
    return name !== undefined && !isTslabs(name) && dirname(path) !== this.ownFolder;
  }

  /** A JavaScript file of the user's, loaded by Node itself: its lines are the source's. */
  #plainFile(path: string): KnownScript | undefined {
    if (!path.startsWith('/') || packageOf(path) !== undefined) return undefined;
    let code: string;
    try {
      code = readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
    const table = code.split('\n').map((_line, index) => index + 1);
    const script = new KnownScript({ script: path, file: path, code, table, wrapperColumns: 0 });
    this.#known.set(path, script);
    return script;
  }
}

function pathOf(url: string): string {
  if (!url.startsWith('file:')) return url;
  try {
    return fileURLToPath(url);
  } catch {
    return url;
  }
}
