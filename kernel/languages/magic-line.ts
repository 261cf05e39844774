/** Makes the magic line of a cell a comment in the message, for kernels in which no agent of ours takes it out. */
import type { CellRequest } from './adapter.ts';

/** Originals kept for `history_reply`; the oldest are forgotten first. */
const REMEMBERED = 1000;

export class MagicLine {
  readonly #originals = new Map<string, string>();

  /** @param comment how a line comment begins in the language. */
  constructor(private readonly comment: string) {}

  /** @returns the code to send in place of the request's, with as many lines; undefined: it may stay. */
  commented(request: CellRequest): string | undefined {
    if (request.magicLines === 0) return undefined;
    const lines = request.code.split('\n');
    const commented = lines.map((line, index) =>
      index < request.magicLines && line.trim() !== ''
        ? `${this.comment} ${line.trimStart()}`
        : line,
    );
    const runsNothing = request.skip || request.usageError !== undefined;
    const code = (runsNothing ? commented.slice(0, request.magicLines) : commented).join('\n');
    this.#remember(code, request.code);
    return code;
  }

  /** What the user typed, of code that the kernel echoes. */
  original(code: string): string {
    return this.#originals.get(code) ?? code;
  }

  #remember(sent: string, original: string): void {
    this.#originals.set(sent, original);
    if (this.#originals.size <= REMEMBERED) return;
    const oldest = this.#originals.keys().next();
    if (!oldest.done) this.#originals.delete(oldest.value);
  }
}
