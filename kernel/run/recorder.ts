/** Keeps what was measured in this kernel's life, and makes profiles of it. */
import type { Cell, Environment, Profile } from '../../src/profile/index.ts';
import { timestamp } from '../../src/profile/units.ts';
import { SCHEMA_VERSION } from '../../src/profile/version.ts';

/** Older cells are forgotten, so that a kernel that runs for weeks does not grow. */
const KEPT_CELLS = 1000;

export class Recorder {
  readonly #cells: Cell[] = [];
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

  /** The last cell that ran under this label, before the newest. */
  labelled(label: string, except: Cell): Cell | undefined {
    return this.#cells.findLast(cell => cell.label === label && cell !== except);
  }

  profile(cells: readonly Cell[] = this.#cells): Profile {
    return {
      schemaVersion: SCHEMA_VERSION,
      notebook: this.notebook,
      startedAt: cells[0]?.startedAt ?? this.#startedAt,
      environment: this.environment,
      cells: [...cells],
      findings: [],
    };
  }
}
