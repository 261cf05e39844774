/** What `%pyperf on` and `off` switch: the options of cells that ask for nothing themselves. */
import type { CellOptions, MagicAction } from './magic.ts';

export class EveryCell {
  #options: CellOptions | undefined;

  get options(): CellOptions | undefined {
    return this.#options;
  }

  /** Counts from the next request on. @returns what takes it back if the cell is aborted. */
  switch(action: MagicAction | undefined): (() => void) | undefined {
    const before = this.#options;
    if (action?.kind === 'on') this.#options = action.options;
    else if (action?.kind === 'off') this.#options = undefined;
    else return undefined;
    return () => {
      this.#options = before;
    };
  }
}
