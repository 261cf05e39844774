/** Why a cell failed, in the terms of Jupyter's `error` message. */
import { format } from 'node:util';

export interface ErrorContent {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** @param thrown anything that can be thrown. */
export function errorContentOf(thrown: unknown): ErrorContent {
  const traceback = format(thrown).split('\n');
  if (thrown instanceof Error || isErrorLike(thrown))
    return { ename: String(thrown.name), evalue: String(thrown.message), traceback };
  return { ename: 'Error', evalue: format(thrown), traceback };
}

/** A kernel's context is not ours where `vm` is used, so `instanceof` does not see every error. */
const isErrorLike = (thrown: unknown): thrown is { name: unknown; message: unknown } =>
  typeof thrown === 'object' && thrown !== null && 'stack' in thrown && 'message' in thrown;

/** What tslab prints for the compiler: `file 3:7 - message`. */
const DIAGNOSTIC = /^(?:\S+ )?\d+:\d+ - .*$/m;
/** What it prints when a waiting cell was interrupted. */
const INTERRUPTED = /^Error: Interrupted asynchronously\n/;

/**
 * tslab prints why a cell failed to stderr. Here that text becomes the cell's `error` message instead, as from any
 * other kernel; whatever else is printed passes.
 */
export class FailureText {
  #thrown: { readonly value: unknown } | undefined;
  #text = '';
  #hasRun = false;

  /** The cell's own code begins. */
  ran(): void {
    this.#hasRun = true;
  }

  threw(value: unknown): void {
    this.#thrown = { value };
  }

  /** @returns whether a text on stderr is tslab's report of the failure. */
  takes(text: string): boolean {
    const isReport = this.#hasRun
      ? (this.#thrown !== undefined && text === `${format(this.#thrown.value)}\n`) ||
        INTERRUPTED.test(text)
      : DIAGNOSTIC.test(text);
    if (isReport) this.#text += text;
    return isReport;
  }

  content(): ErrorContent {
    if (this.#thrown) return errorContentOf(this.#thrown.value);
    const lines = this.#text.trimEnd().split('\n');
    const [first = ''] = lines;
    if (INTERRUPTED.test(this.#text))
      return { ename: 'Error', evalue: 'Interrupted asynchronously', traceback: lines };
    if (this.#hasRun || this.#text === '')
      return { ename: 'Error', evalue: 'the cell failed', traceback: lines };
    return { ename: 'TypeScriptError', evalue: first, traceback: lines };
  }
}
