/** Which cells a run has, in their order, and what to call each. Pure. */
import { lastHeading } from '../../../src/analysis/headings.ts';
import { labelCells } from '../../../src/analysis/labels.ts';
import { plain } from '../../../src/render/format.ts';

export interface NotebookCell {
  readonly id: string;
  readonly type: string;
  readonly source: string;
}

export interface PlannedCell {
  readonly id: string;
  /** Its place in the notebook, counted from 0. */
  readonly index: number;
  /** For people: its label, comment or heading, else its first line of code. */
  readonly name: string;
  /** What the cell's own text does not tell the hook: the heading above it. */
  readonly label?: string;
}

const MAX_NAME_LENGTH = 60;

/** The code cells that hold code: a kernel never hears of the others. */
export function planCells(cells: readonly NotebookCell[]): PlannedCell[] {
  let heading: string | undefined;
  const found = cells.flatMap((cell, index) => {
    if (cell.type === 'markdown') heading = lastHeading(cell.source) ?? heading;
    if (cell.type !== 'code' || cell.source.trim() === '') return [];
    return [{ id: cell.id, index, source: cell.source, ...(heading !== undefined && { heading }) }];
  });
  const labels = labelCells(found);
  return found.map(({ id, index }, i) => {
    const label = labels[i];
    const name = label ? plain(label.text, MAX_NAME_LENGTH) : '';
    return { id, index, name, ...(label?.from === 'heading' && { label: name }) };
  });
}
