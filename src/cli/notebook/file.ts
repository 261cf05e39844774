/** Reads a notebook file and writes it back in the same style: indentation, order of keys, last newline. */
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { CliError, systemReason } from '../errors.ts';
import { NotebookShape, type MimeBundle, type Notebook, type Output } from './model.ts';

/** How a file was laid out, so that a diff against the input shows outputs only. */
interface Style {
  readonly indent: string;
  readonly endsWithNewline: boolean;
  /** Jupyter writes every object's keys in order; other tools do not. */
  readonly sortedKeys: boolean;
}

export interface NotebookFile {
  readonly notebook: Notebook;
  readonly style: Style;
}

/** @throws CliError in one sentence. */
export function readNotebook(path: string): NotebookFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new CliError(`cannot read ${path}: ${systemReason(error)}`, undefined, { cause: error });
  }
  return parseNotebook(text, path);
}

/** @throws CliError in one sentence that begins with `path`. */
export function parseNotebook(text: string, path: string): NotebookFile {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new CliError(`${path} is no notebook: it is not JSON (${(error as Error).message})`);
  }
  refuseOtherFormats(value, path);
  const checked = NotebookShape.safeParse(value);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const where = issue ? z.core.toDotPath(issue.path) || 'the top level' : 'the file';
    throw new CliError(`${path} is no valid notebook: ${issue?.message ?? ''} at ${where}`);
  }
  return {
    notebook: value as Notebook,
    style: {
      indent: /^\s*\{\r?\n([ \t]+)"/.exec(text)?.[1] ?? (text.includes('\n') ? ' ' : ''),
      endsWithNewline: text.endsWith('\n'),
      sortedKeys: hasSortedKeys(value),
    },
  };
}

function refuseOtherFormats(value: unknown, path: string): void {
  const format =
    typeof value === 'object' && value !== null && 'nbformat' in value ? value.nbformat : undefined;
  if (typeof format !== 'number')
    throw new CliError(`${path} is no notebook: it is JSON, but has no nbformat`);
  if (format < 4)
    throw new CliError(
      `${path} is a notebook of the old format ${format}; convert it first with: jupyter nbconvert --to notebook ${path}`,
    );
  if (format > 4)
    throw new CliError(
      `${path} is a notebook of format ${format}, which is newer than this version knows`,
    );
}

export function formatNotebook({ notebook, style }: NotebookFile): string {
  const cells = notebook.cells.map(cell =>
    cell.outputs ? { ...cell, outputs: cell.outputs.map(splitLines) } : cell,
  );
  const value = { ...notebook, cells };
  const text = JSON.stringify(style.sortedKeys ? sortKeys(value) : value, null, style.indent);
  return style.endsWithNewline ? `${text}\n` : text;
}

/** Text is stored as a list of lines, which is what Jupyter writes and what version control reads well. */
function splitLines(output: Output): Output {
  switch (output.output_type) {
    case 'stream':
      return typeof output.text === 'string' ? { ...output, text: linesOf(output.text) } : output;
    case 'display_data':
    case 'execute_result':
      return { ...output, data: splitBundle(output.data) };
    case 'error':
      return output;
  }
}

const TEXT_TYPES = new Set(['application/javascript', 'image/svg+xml']);

function splitBundle(bundle: MimeBundle): MimeBundle {
  return Object.fromEntries(
    Object.entries(bundle).map(([type, value]) => [
      type,
      typeof value === 'string' && (type.startsWith('text/') || TEXT_TYPES.has(type))
        ? linesOf(value)
        : value,
    ]),
  );
}

const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function hasSortedKeys(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(hasSortedKeys);
  if (typeof value !== 'object' || value === null) return true;
  const keys = Object.keys(value);
  return (
    keys.every((key, at) => at === 0 || (keys[at - 1] as string) < key) &&
    Object.values(value).every(hasSortedKeys)
  );
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortKeys(inner)]),
  );
}
