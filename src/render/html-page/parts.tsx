/** @jsxImportSource preact */
/** Small pieces of the page: bars, tables, figures. */
import type { ComponentChildren } from 'preact';
import { OFF_CPU_CAUSES } from '../../profile/index.ts';
import type { CellReport } from '../../report/index.ts';
import { CAUSE_COLOURS, CPU_COLOUR, UNKNOWN_COLOUR } from '../charts/palette.ts';
import { formatCause, formatMs, formatRoundShare } from '../format.ts';
import type { Fact } from '../run-facts.ts';

export interface BarPart {
  readonly name: string;
  readonly share: number;
  readonly colour: string;
}

/** Decoration: the figures stand as words in the same row, so readers of the screen skip it. */
export function Bar({ parts }: { parts: readonly BarPart[] }) {
  return (
    <span class="bar" aria-hidden="true">
      {parts.map(({ name, share, colour }) => (
        <i key={name} style={{ width: `${(share * 100).toFixed(2)}%`, background: colour }} />
      ))}
    </span>
  );
}

/** How a cell's time splits into computing and waiting, each part as a share of `wholeMs`. */
export function timeParts({ cell, offCpu }: CellReport, wholeMs: number): BarPart[] {
  const share = (ms: number) => (wholeMs > 0 ? ms / wholeMs : 0);
  if (offCpu.value === null) {
    return [{ name: 'stacks not sampled', share: share(cell.wallTimeMs), colour: UNKNOWN_COLOUR }];
  }
  const off = offCpu.value;
  const waiting = OFF_CPU_CAUSES.reduce((sum, cause) => sum + off[cause], 0);
  const computing = Math.max(0, cell.wallTimeMs - waiting);
  return [
    { name: 'computing', share: share(computing), colour: CPU_COLOUR },
    ...OFF_CPU_CAUSES.map(cause => ({
      name: `waiting: ${formatCause(cause)}`,
      share: share(off[cause]),
      colour: CAUSE_COLOURS[cause],
    })),
  ].filter(part => part.share > 0);
}

/** Names the colours that a bar used. */
export function Key({ items }: { items: readonly { name: string; colour: string }[] }) {
  if (items.length === 0) return null;
  return (
    <ul class="key">
      {items.map(({ name, colour }) => (
        <li key={name}>
          <i style={{ background: colour }} />
          {name}
        </li>
      ))}
    </ul>
  );
}

export interface Column<Row> {
  readonly name: string;
  readonly number?: boolean;
  readonly cell: (row: Row) => ComponentChildren;
}

/** The first column is each row's heading. Nothing when there are no rows. */
export function Table<Row>(props: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
}) {
  const { caption, columns, rows } = props;
  if (rows.length === 0) return null;
  return (
    <div class="scroll">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name, number }) => (
              <th key={name} scope="col" class={number ? 'num' : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {columns.map(({ name, number, cell }, column) =>
                column === 0 ? (
                  <th key={name} scope="row">
                    {cell(row)}
                  </th>
                ) : (
                  <td key={name} class={number ? 'num' : undefined}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl class="facts">
      {facts.map(({ name, value, detail }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value}
            {detail && <small>{detail}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** `30.2 s, 72%` of a whole. */
export const msAndShare = (ms: number, wholeMs: number) =>
  `${formatMs(ms)}, ${formatRoundShare(wholeMs > 0 ? ms / wholeMs : 0)}`;
