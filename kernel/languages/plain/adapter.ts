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
import { MagicLine } from '../magic-line.ts';
import { noDetail } from '../no-detail.ts';
import { lineComment } from './line-comment.ts';

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
  readonly #magic: MagicLine;

  constructor(info: KernelInfo) {
    this.languageVersion = info.languageVersion;
    this.notes = [
      `Lines and variables of ${info.language || 'this language'} are not measured: PyPerf has no adapter for it.`,
    ];
    this.#magic = new MagicLine(lineComment(info.language));
  }

  prepare(request: CellRequest): RequestEdit {
    const code = this.#magic.commented(request);
    return code === undefined ? {} : { code };
  }

  restore(code: string): string {
    return this.#magic.original(code);
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
    return noDetail(this.notes[0]);
  }
}
