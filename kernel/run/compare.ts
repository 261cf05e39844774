/** `--compare LABEL|PATH`: the earlier run that a cell is compared with, and what the cell keeps of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, join, resolve } from 'node:path';
import { cellFigures, COMPARED_METRICS } from '../../src/analysis/index.ts';
import { parseProfileText, type Cell, type ComparedWith } from '../../src/profile/index.ts';
import { findRun, readRunName, RUNS_FOLDER, runsOf } from '../../src/profile/kept-runs.ts';
import type { Recorder } from './recorder.ts';

/** What is left of the lines: a table of changes shows no more. */
const KEPT_LINES = 15;
const TEXT_LENGTH = 200;

/**
 * @param wanted a file's name when it ends in `.json`; else the label of a cell that ran earlier in this kernel, or the
 * label or date of a kept run of the notebook.
 * @throws Error in a sentence when there is nothing to compare with.
 */
export function compareWith(wanted: string, cell: Cell, recorder: Recorder): ComparedWith {
  const before = wanted.endsWith('.json')
    ? fromFile(wanted, cell)
    : (recorder.labelled(wanted, cell) ?? fromKeptRun(wanted, cell, recorder));
  return kept(wanted, before, cell);
}

/** The kernel runs in the notebook's folder, where nobody says the whole path. */
function fromKeptRun(wanted: string, cell: Cell, recorder: Recorder): Cell {
  const { path } = recorder.profile([]).notebook;
  const folder = join(path !== null && isAbsolute(path) ? dirname(path) : '.', RUNS_FOLDER);
  const names = namesIn(folder);
  const [anyName] = names;
  const stem =
    path === null ? (anyName && readRunName(anyName)?.stem) || '' : basename(path, extname(path));
  const found = findRun(wanted, runsOf(stem, names));
  if ('problem' in found)
    throw new Error(
      `no earlier cell in this kernel has the label "${wanted}", and ${found.problem}`,
    );
  return fromFile(join(folder, found.name), cell);
}

/** Runs are kept of few notebooks; where none are, there is no folder. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter(name => readRunName(name) !== null);
  } catch {
    return [];
  }
}

function kept(name: string, before: Cell, after: Cell): ComparedWith {
  const figures = cellFigures(before);
  const known = COMPARED_METRICS.filter(metric => figures[metric] !== null);
  return {
    name,
    startedAt: before.startedAt,
    sameCode: before.source === after.source,
    ...(Object.fromEntries(known.map(metric => [metric, figures[metric]])) as Pick<
      ComparedWith,
      'wallTimeMs'
    >),
    ...(before.spread && { spread: before.spread }),
    lines: [...before.lines]
      .sort((a, b) => b.selfMs - a.selfMs)
      .slice(0, KEPT_LINES)
      .map(({ text, function: name, selfMs, samples }) => ({
        ...(text !== undefined && { text: text.slice(0, TEXT_LENGTH) }),
        function: name,
        selfMs,
        samples,
      })),
  };
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
