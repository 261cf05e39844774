/** What tslab compiled, found again when it runs: source maps by the text or the file that they belong to. */
import { sep } from 'node:path';
import type { MappedCode } from './source-lines.ts';

const CELL_SOURCE = /(^|[\\/])__tslab__\.[jt]s$/;

export const isCellSource = (source: string): boolean => CELL_SOURCE.test(source);

export class Compilations {
  /** Of the cell that is being compiled. */
  #cell: MappedCode | undefined;
  readonly #files = new Map<string, MappedCode>();

  add(mapped: MappedCode, cwd: string): void {
    if (isCellSource(mapped.source)) this.#cell = mapped;
    else this.#files.set(scriptOf(mapped.source, cwd), mapped);
  }

  /** The compilation that is part of `code`, once. */
  takeCell(code: string): MappedCode | undefined {
    const cell = this.#cell;
    this.#cell = undefined;
    return cell !== undefined && code.includes(cell.code) ? cell : undefined;
  }

  /** Of a user's file, or of a `@module` cell, by the name under which V8 knows it. */
  file(script: string): MappedCode | undefined {
    return this.#files.get(script);
  }
}

/**
 * tslab runs the JavaScript of `dir/name.ts` under the name `dir/name.js`. The compiler names the source relative to
 * its output folder, which is one below the working directory.
 */
function scriptOf(source: string, cwd: string): string {
  const absolute = source.startsWith(sep)
    ? source
    : `${cwd}${sep}${source.replace(/^(\.\.[\\/])+/, '')}`;
  return absolute.replace(/\.[cm]?[jt]sx?$/, '.js');
}
