/** The hook's figures, cell by cell, put together to one profile of the run. */
import { parseProfile, type Cell, type Finding, type Profile } from '../../profile/index.ts';

/** Ids that we made up for cells of notebooks before format 4.5, which have none. */
const MADE_UP_ID = /^pyperf-cell-\d+$/;
export const madeUpId = (index: number): string => `pyperf-cell-${index}`;

export class CollectedProfile {
  readonly #parts: Profile[] = [];
  readonly #problems: string[] = [];

  /** @param value a profile with one cell, as the hook sent it. A damaged one is left out, and the report says so. */
  add(value: unknown): void {
    try {
      this.#parts.push(parseProfile(value, 'A cell’s profile'));
    } catch (error) {
      this.#problems.push((error as Error).message);
    }
  }

  get cellCount(): number {
    return this.#parts.length;
  }

  /**
   * @param path the notebook as the user named it.
   * @returns undefined when no cell was measured.
   */
  merged(path: string): Profile | undefined {
    const [first] = this.#parts;
    if (!first) return undefined;
    const notes = this.#parts.flatMap(part => part.environment.notes).concat(this.#problems);
    return {
      ...first,
      notebook: { ...first.notebook, path },
      environment: { ...first.environment, notes: [...new Set(notes)] },
      cells: this.#parts.flatMap(part => part.cells.map(withOwnId)),
      findings: this.#parts.flatMap((part): Finding[] => part.findings),
    };
  }
}

const withOwnId = (cell: Cell): Cell =>
  cell.cellId !== null && MADE_UP_ID.test(cell.cellId) ? { ...cell, cellId: null } : cell;
