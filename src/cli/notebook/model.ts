/** A notebook of format 4, as far as running it needs: whatever else a file holds is kept. */
import * as z from 'zod';

export type MultilineString = string | string[];
export type MimeBundle = Record<string, unknown>;

export interface StreamOutput {
  name: string;
  output_type: 'stream';
  text: MultilineString;
}
export interface DisplayOutput {
  data: MimeBundle;
  metadata: Record<string, unknown>;
  output_type: 'display_data';
}
export interface ResultOutput {
  data: MimeBundle;
  execution_count: number | null;
  metadata: Record<string, unknown>;
  output_type: 'execute_result';
}
export interface ErrorOutput {
  ename: string;
  evalue: string;
  output_type: 'error';
  traceback: string[];
}
export type Output = StreamOutput | DisplayOutput | ResultOutput | ErrorOutput;

export interface Cell {
  cell_type: string;
  source: MultilineString;
  metadata: Record<string, unknown>;
  id?: string;
  outputs?: Output[];
  execution_count?: number | null;
}

export interface Notebook {
  cells: Cell[];
  metadata: Record<string, unknown>;
  nbformat: number;
  nbformat_minor: number;
}

const Multiline = z.union([z.string(), z.array(z.string())]);

/** Only checks: zod's copy would have its keys in another order, so callers keep the value they parsed. */
export const NotebookShape = z.looseObject({
  nbformat: z.literal(4),
  nbformat_minor: z.number().int().nonnegative(),
  metadata: z.record(z.string(), z.unknown()),
  cells: z.array(
    z.looseObject({
      cell_type: z.string(),
      source: Multiline,
      metadata: z.record(z.string(), z.unknown()),
      id: z.string().optional(),
    }),
  ),
});

export const joined = (text: MultilineString): string =>
  Array.isArray(text) ? text.join('') : text;

export function tagsOf(cell: Cell): readonly string[] {
  const tags = cell.metadata['tags'];
  return Array.isArray(tags) ? tags.filter(tag => typeof tag === 'string') : [];
}

/** The name in the notebook's `kernelspec` metadata; `python3`, Jupyter's own default, when it names none. */
export function kernelNameOf(notebook: Notebook): string {
  const spec = notebook.metadata['kernelspec'];
  if (typeof spec === 'object' && spec !== null && 'name' in spec && typeof spec.name === 'string')
    return spec.name;
  return 'python3';
}
