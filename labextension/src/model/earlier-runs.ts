/** How long earlier runs of each cell took, newest first. */

/** A history for people to compare with, no archive. */
const KEPT_RUNS = 20;

interface EarlierRun {
  readonly startedAt: string;
  readonly wallTimeMs: number;
}

export class EarlierRuns {
  readonly #runs = new Map<string, readonly EarlierRun[]>();

  /** A run that is told twice counts once. */
  add(cellId: string, runs: readonly EarlierRun[]): void {
    const known = this.#runs.get(cellId) ?? [];
    const fresh = runs.filter(run => known.every(({ startedAt }) => startedAt !== run.startedAt));
    if (fresh.length === 0) return;
    const all = [...known, ...fresh].sort(
      (a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt),
    );
    this.#runs.set(cellId, all.slice(0, KEPT_RUNS));
  }

  /** @param except the start of the run that is not an earlier one. */
  of(cellId: string, except: string | undefined): readonly number[] {
    return (this.#runs.get(cellId) ?? [])
      .filter(({ startedAt }) => startedAt !== except)
      .map(({ wallTimeMs }) => wallTimeMs);
  }
}
