/** @jsxImportSource preact */
/** Metric, before, after, improvement: the same table as text and as HTML for a cell's output. */
import { renderToString } from 'preact-render-to-string';
import type { MetricChange } from '../report/index.ts';
import { CHANGE_HEAD as HEAD, changeWords as rowOf } from './change-words.ts';
import { plain } from './format.ts';
import { NUMBER, Table, TEXT } from './html-fragment/parts.tsx';

export interface NamedComparison {
  /** What stands before: a label, or a file's name. */
  readonly name: string;
  readonly changes: readonly MetricChange[];
}

export function renderComparisonText({ name, changes }: NamedComparison): string {
  const rows = [[...HEAD], ...changes.map(rowOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  const lines = rows.map(row =>
    row
      .map((text, i) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0)))
      .join('  '),
  );
  return [`Compared with ${plain(name)}:`, ...lines, ''].join('\n');
}

export function renderComparisonHtml({ name, changes }: NamedComparison): string {
  return renderToString(
    <div>
      <div style={{ padding: '4px 0 2px' }}>Compared with {plain(name)}</div>
      <Table head={HEAD.map((title, i) => [title, i > 0])}>
        {changes.map(change => (
          <tr key={change.metric}>
            {rowOf(change).map((text, i) => (
              <td key={i} style={i === 0 ? TEXT : NUMBER}>
                {text}
              </td>
            ))}
          </tr>
        ))}
      </Table>
    </div>,
  );
}
