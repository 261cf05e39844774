/** `--compare LABEL|PATH`: the earlier run that a cell is compared with. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compareCells } from '../../src/analysis/index.ts';
import { parseProfileText, type Cell } from '../../src/profile/index.ts';
import type { NamedComparison } from '../../src/render/comparison.tsx';
import type { Recorder } from './recorder.ts';

/**
 * @param wanted a file's name when it ends in `.json`, else the label of a cell that ran earlier in this kernel.
 * @throws Error in a sentence when there is nothing to compare with.
 */
export function compareWith(wanted: string, cell: Cell, recorder: Recorder): NamedComparison {
  const before = wanted.endsWith('.json')
    ? fromFile(wanted, cell)
    : recorder.labelled(wanted, cell);
  if (!before) throw new Error(`no earlier cell in this kernel has the label "${wanted}"`);
  return { name: wanted, changes: compareCells(before, cell) };
}

/** The file's cell of the same id, else of the same label, else of the same code; else its only cell. */
function fromFile(path: string, cell: Cell): Cell {
  const { cells } = parseProfileText(readFileSync(resolve(path), 'utf8'), path);
  const found =
    cells.findLast(other => other.cellId !== null && other.cellId === cell.cellId) ??
    cells.findLast(other => other.label !== undefined && other.label === cell.label) ??
    cells.findLast(other => other.source === cell.source) ??
    (cells.length === 1 ? cells[0] : undefined);
  if (!found) throw new Error(`${path} has no cell that matches this one`);
  return found;
}
