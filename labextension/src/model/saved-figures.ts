/** Figures from the outputs of a notebook: read when there is time, validated, and left alone where they are damaged. */
import type { ICodeCellModel } from '@jupyterlab/cells';
import type { IOutputModel } from '@jupyterlab/rendermime';
import type { Profile } from '../../../src/profile/index.ts';
import { MIME_TYPE } from './model.ts';

/** What one slice of work may take: shorter than a frame. */
const SLICE_MS = 8;

export class SavedFigures {
  readonly #queue: (() => void)[] = [];
  #isDue = false;

  constructor(
    private readonly parse: (json: unknown) => Profile,
    private readonly found: (profile: Profile) => void,
  ) {}

  readCell(cell: ICodeCellModel): void {
    for (let index = 0; index < cell.outputs.length; index++)
      this.readOutput(cell, cell.outputs.get(index));
  }

  readOutput(cell: ICodeCellModel, output: IOutputModel): void {
    const json = figuresIn(output);
    if (json === undefined) return;
    this.#queue.push(() => this.#read(cell.id, json));
    this.#plan();
  }

  #read(cellId: string, json: unknown): void {
    let profile: Profile;
    try {
      profile = this.parse(json);
    } catch {
      return; // the renderer under the cell says what is wrong with it
    }
    const [cell] = profile.cells;
    // A report of the whole run is no cell's own result.
    if (!cell || profile.cells.length > 1) return;
    // A copied cell has a new id, and so has every cell of a notebook in an old format.
    this.found(cell.cellId === cellId ? profile : { ...profile, cells: [{ ...cell, cellId }] });
  }

  #plan(): void {
    if (this.#isDue || this.#queue.length === 0) return;
    this.#isDue = true;
    const work = (): void => {
      this.#isDue = false;
      const until = performance.now() + SLICE_MS;
      do this.#queue.shift()?.();
      while (this.#queue.length > 0 && performance.now() < until);
      this.#plan();
    };
    // Safari has no idle callbacks.
    if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: 200 });
    else setTimeout(work);
  }
}

/** The JSON of our own type in an output, whatever it holds. */
export const figuresIn = (output: IOutputModel): unknown => output.data[MIME_TYPE];

/** When the newest run began whose summary stands under the cell; 0 for none. Not validated: for comparison only. */
export function startOfSaved(cell: ICodeCellModel): number {
  let newest = 0;
  for (let index = 0; index < cell.outputs.length; index++) {
    const { cells } = (figuresIn(cell.outputs.get(index)) ?? {}) as { readonly cells?: unknown };
    if (!Array.isArray(cells) || cells.length !== 1) continue;
    const [figures] = cells as readonly unknown[];
    const { startedAt } = (figures ?? {}) as { readonly startedAt?: unknown };
    newest = Math.max(newest, Date.parse(String(startedAt)) || 0);
  }
  return newest;
}
