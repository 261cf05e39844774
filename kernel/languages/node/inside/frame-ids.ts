/** Numbers for frames: equal frames have one. */
import type { Frame } from '../../../sampling/stacks.ts';

export class FrameIds {
  /** By number. */
  readonly frames: Frame[] = [];
  readonly #ids = new Map<string, number>();

  idOf(frame: Frame): number {
    const key = `${frame.line}:${frame.firstLine}:${frame.function}\n${frame.file}`;
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.frames.push(frame) - 1;
      this.#ids.set(key, id);
    }
    return id;
  }
}
