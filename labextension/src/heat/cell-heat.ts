/**
 * Which lines of which cells are hot, of all figures of a notebook. A line is hot where it was written, even when another
 * cell ran it: a profile names the cell that defined it by that cell's execution count.
 */
import type { Cell } from '../../../src/profile/index.ts';
import { linesOf, type LineUse, type RanLine } from './line-use.ts';

/** What is known of a code cell of the notebook. */
export interface MeasuredCell {
  readonly id: string;
  /** Its text now. */
  readonly source: string;
  /** As its prompt shows. */
  readonly executionCount: number | null;
  readonly profile: Cell | null;
  readonly isStale: boolean;
}

export interface CellHeat {
  /** The text that the line numbers belong to. */
  readonly source: string;
  readonly lines: readonly HeatLine[];
  readonly isStale: boolean;
  readonly isLive: boolean;
}

export interface HeatLine {
  /** From 1. */
  readonly line: number;
  /** By the cell that ran it, hottest first; never empty. */
  readonly uses: readonly LineUse[];
}

/** By the id of the cell in which the lines stand; cells without heat are absent. */
export function findHeat(cells: readonly MeasuredCell[]): Map<string, CellHeat> {
  const found = new Map<string, Map<number, LineUse[]>>();
  for (const runner of cells) {
    for (const ran of runner.profile ? linesOf(runner.profile) : []) {
      const home = findHome(ran, runner, cells);
      if (!home) continue;
      const ofHome = found.get(home.id) ?? new Map<number, LineUse[]>();
      found.set(home.id, ofHome);
      const uses = ofHome.get(ran.line);
      if (uses) uses.push(ran.use);
      else ofHome.set(ran.line, [ran.use]);
    }
  }
  const heat = new Map<string, CellHeat>();
  for (const cell of cells) {
    const lines = found.get(cell.id);
    if (!lines) continue;
    heat.set(cell.id, {
      source: cell.profile?.source ?? cell.source,
      lines: [...lines]
        .map(([line, uses]) => ({ line, uses: uses.sort((a, b) => heatOf(b) - heatOf(a)) }))
        .sort((a, b) => a.line - b.line),
      isStale: cell.isStale,
      isLive: cell.profile?.status === 'running',
    });
  }
  return heat;
}

/** Whether there is nothing to show anew. The same figures give the same uses, see `linesOf`. */
export function isSameHeat(a: CellHeat | undefined, b: CellHeat | undefined): boolean {
  if (!a || !b) return a === b;
  return (
    a.source === b.source &&
    a.isStale === b.isStale &&
    a.isLive === b.isLive &&
    a.lines.length === b.lines.length &&
    a.lines.every(({ line, uses }, i) => {
      const other = b.lines[i];
      return (
        other?.line === line &&
        other.uses.length === uses.length &&
        uses.every((use, j) => use === other.uses[j])
      );
    })
  );
}

const heatOf = (use: LineUse): number => use.share + use.totalShare / 1000;

/** The cell in which a line stands; undefined when it is gone, or when its text is another by now. */
function findHome(
  ran: RanLine,
  runner: MeasuredCell,
  cells: readonly MeasuredCell[],
): MeasuredCell | undefined {
  if (ran.use.ranBy === null) return runner;
  const startedMs = Date.parse(runner.profile?.startedAt ?? '');
  return cells.findLast(({ profile, executionCount: prompt, source }) => {
    if ((profile ? profile.executionCount : prompt) !== ran.executionCount) return false;
    // After a restart counts begin anew: the same count then names a cell that ran later, or one with another text.
    if (profile && Date.parse(profile.startedAt) > startedMs) return false;
    const text = (profile?.source ?? source).split('\n')[ran.line - 1];
    return text !== undefined && ran.text !== undefined && text.trim() === ran.text.trim();
  });
}
