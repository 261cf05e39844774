/**
 * Any kernel whose language no other adapter knows: time and resources, the magic line made a comment in the message.
 */
import type {
  CellDetail,
  CellRequest,
  KernelInfo,
  LanguageAdapter,
  LanguageSession,
  RequestEdit,
} from '../adapter.ts';
import { ms } from '../../../src/profile/units.ts';
import { lineComment } from './line-comment.ts';

/** Originals kept for `history_reply`; the oldest are forgotten first. */
const REMEMBERED = 1000;

export const plainAdapter: LanguageAdapter = {
  id: 'plain',
  claims: () => true,
  transport: () => 'tcp',
  launch: launch => launch,
  open: (_kernel, info) => Promise.resolve(new PlainSession(info)),
};

class PlainSession implements LanguageSession {
  readonly languageVersion: string;
  readonly resetsPeak = false;
  readonly notes: readonly string[];
  readonly #originals = new Map<string, string>();
  readonly #comment: string;

  constructor(info: KernelInfo) {
    this.languageVersion = info.languageVersion;
    this.notes = [
      `Lines and variables of ${info.language || 'this language'} are not measured: PyPerf has no adapter for it.`,
    ];
    this.#comment = lineComment(info.language);
  }

  prepare(request: CellRequest): RequestEdit {
    if (request.magicLines === 0) return {};
    const lines = request.code.split('\n');
    const commented = lines.map((line, index) =>
      index < request.magicLines && line.trim() !== ''
        ? `${this.#comment} ${line.trimStart()}`
        : line,
    );
    const runsNothing = request.skip || request.usageError !== undefined;
    const code = (runsNothing ? commented.slice(0, request.magicLines) : commented).join('\n');
    this.#remember(code, request.code);
    return { code };
  }

  restore(code: string): string {
    return this.#originals.get(code) ?? code;
  }

  stackTarget(): undefined {
    return undefined;
  }

  published(): void {
    // No agent of ours is in this kernel, so nothing is published for us.
  }

  marks(): undefined {
    return undefined;
  }

  finish(): CellDetail {
    return {
      offCpuMs: null,
      lines: [],
      functions: [],
      variables: [],
      files: [],
      sampling: {
        method: 'none',
        intervalMs: ms(0),
        samples: 0,
        dropped: 0,
        ...(this.notes[0] !== undefined && { note: this.notes[0] }),
      },
    };
  }

  #remember(sent: string, original: string): void {
    this.#originals.set(sent, original);
    if (this.#originals.size <= REMEMBERED) return;
    const oldest = this.#originals.keys().next();
    if (!oldest.done) this.#originals.delete(oldest.value);
  }
}
