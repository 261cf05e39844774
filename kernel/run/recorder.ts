/** Keeps what was measured in this kernel's life, and makes profiles of it. */
import { mergeFindings } from '../../src/analysis/merge-findings.ts';
import type { FoundInCell } from '../findings/client.ts';
import type { Cell, Environment, Profile } from '../../src/profile/index.ts';
import { timestamp } from '../../src/profile/units.ts';
import { SCHEMA_VERSION } from '../../src/profile/version.ts';

/** Older cells are forgotten, so that a kernel that runs for weeks does not grow. */
const KEPT_CELLS = 1000;
/** Told of each cell beside its newest run. */
const EARLIER_RUNS = 5;

export interface RunTime {
  readonly startedAt: string;
  readonly wallTimeMs: number;
}

/** The newest run of a cell of the notebook. */
export interface NewestRun extends RunTime {
  readonly cellId: string;
  readonly shown: boolean;
  /** Newest first. */
  readonly earlier: readonly RunTime[];
}

export class Recorder {
  readonly #cells: Cell[] = [];
  /** A summary was put under them. */
  readonly #shown = new WeakSet<Cell>();
  /** Thrown away by the user: no front end is told of it again. */
  readonly #forgotten = new WeakSet<Cell>();
  readonly #found = new WeakMap<Cell, FoundInCell>();
  readonly #startedAt = timestamp(new Date());
  #count = 0;

  constructor(
    private readonly notebook: Profile['notebook'],
    private readonly environment: Environment,
  ) {}

  /** The number of cells that ran before the next. */
  get count(): number {
    return this.#count;
  }
  get cells(): readonly Cell[] {
    return this.#cells;
  }

  add(cell: Cell): void {
    this.#count++;
    this.#cells.push(cell);
    if (this.#cells.length > KEPT_CELLS) this.#cells.shift();
  }

  show(cell: Cell): void {
    this.#shown.add(cell);
  }
  shown(cell: Cell): boolean {
    return this.#shown.has(cell);
  }

  /** More is known of a cell now. @returns `by`. */
  replace(cell: Cell, by: Cell): Cell {
    const place = this.#cells.lastIndexOf(cell);
    if (place === -1) return by;
    this.#cells[place] = by;
    if (this.#shown.has(cell)) this.#shown.add(by);
    return by;
  }

  forget(cellId: unknown, startedAt: unknown): void {
    const cell = this.#cells.find(kept => kept.cellId === cellId && kept.startedAt === startedAt);
    if (cell) this.#forgotten.add(cell);
  }

  /** The newest run of a cell of the notebook, unless the user threw it away. */
  newest(cellId: unknown): Cell | undefined {
    const cell =
      typeof cellId === 'string' ? this.#cells.findLast(kept => kept.cellId === cellId) : undefined;
    return cell && !this.#forgotten.has(cell) ? cell : undefined;
  }

  /** Of all cells of the notebook, those that the user threw away excepted. */
  newestRuns(): readonly NewestRun[] {
    const runs = new Map<string, Cell[]>();
    for (const cell of this.#cells) {
      if (cell.cellId === null) continue;
      const known = runs.get(cell.cellId);
      if (known) known.push(cell);
      else runs.set(cell.cellId, [cell]);
    }
    return [...runs].flatMap(([cellId, cells]) => {
      const newest = cells.at(-1);
      if (!newest || this.#forgotten.has(newest)) return [];
      const earlier = cells.slice(-1 - EARLIER_RUNS, -1).reverse();
      return [
        {
          cellId,
          ...runTime(newest),
          shown: this.#shown.has(newest),
          earlier: earlier.map(runTime),
        },
      ];
    });
  }

  /** The last cell that ran under this label, before the newest. */
  labelled(label: string, except: Cell): Cell | undefined {
    return this.#cells.findLast(cell => cell.label === label && cell !== except);
  }

  found(cell: Cell, found: FoundInCell | undefined): void {
    if (found) this.#found.set(cell, found);
  }

  profile(cells: readonly Cell[] = this.#cells): Profile {
    const found = cells.flatMap(cell => this.#found.get(cell) ?? []);
    const notes = [...this.environment.notes, ...found.flatMap(part => part.notes)];
    return {
      schemaVersion: SCHEMA_VERSION,
      notebook: this.notebook,
      startedAt: cells[0]?.startedAt ?? this.#startedAt,
      environment: { ...this.environment, notes: [...new Set(notes)] },
      cells: [...cells],
      findings: mergeFindings(
        found.flatMap(part => part.findings),
        cells.reduce((sum, cell) => sum + cell.wallTimeMs, 0),
      ),
    };
  }
}

const runTime = ({ startedAt, wallTimeMs }: Cell): RunTime => ({ startedAt, wallTimeMs });
