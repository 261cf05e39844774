/** @jsxImportSource preact */
/** The cell's code with a bar of heat per line. */
import { OFF_CPU_CAUSES, type Line } from '../../profile/index.ts';
import type { CellReport } from '../../report/index.ts';
import { HEAT_COLOUR } from '../charts/palette.ts';
import {
  formatCause,
  formatGrowth,
  formatMeasured,
  formatMs,
  formatShare,
  formatSource,
  plainCode,
} from '../format.ts';
import { Bar, CODE_TEXT, MUTED, NUMBER, Table, TEXT } from './parts.tsx';

/** A longer cell shows its hottest lines only. */
const MAX_LINES = 25;
const HOTTEST = 10;
const ELSEWHERE = 4;
const MAX_TEXT = 160;
const WORTH_TELLING_BYTES = 1e6;
const MIN_SHARE = 0.005;

interface Row {
  readonly label: string;
  readonly text: string;
  readonly line: Line | null;
}

export function HeatLines({ report }: { report: CellReport }) {
  const reason = report.cell.sampling.note ?? '';
  if (!report.hasStacks) {
    return <div style={MUTED}>Lines: {formatMeasured({ value: null, reason }, String)}</div>;
  }
  const rows = rowsOf(report);
  if (rows.length === 0) return null;
  return (
    <Table
      head={[
        ['', true],
        ['Share', true],
        ['', false],
        ['Time', true],
        ['Memory', true],
        ['Code', false],
      ]}
    >
      {rows.map(row => (
        <HeatRow key={row.label} row={row} />
      ))}
    </Table>
  );
}

function rowsOf({ source, linesElsewhere }: CellReport): Row[] {
  const own = source.map(({ line, text, measured }) => ({
    label: String(line),
    text,
    line: measured,
  }));
  const shown =
    own.length <= MAX_LINES
      ? own
      : hottest(
          own.filter(({ line }) => isHot(line)),
          HOTTEST,
        );
  const elsewhere = linesElsewhere.filter(isHot).map(line => ({
    label: formatSource(line.source),
    text: line.text ?? `in ${line.function}`,
    line,
  }));
  return [...shown, ...elsewhere.slice(0, ELSEWHERE)];
}

const isHot = (line: Line | null) => line !== null && line.share >= MIN_SHARE;

/** The hottest few, still in the order of the code. */
function hottest(rows: readonly Row[], count: number): Row[] {
  const kept = new Set(
    [...rows].sort((a, b) => (b.line?.share ?? 0) - (a.line?.share ?? 0)).slice(0, count),
  );
  return rows.filter(row => kept.has(row));
}

function HeatRow({ row: { label, text, line } }: { row: Row }) {
  const hot = isHot(line) ? line : null;
  const grew = line !== null && Math.abs(line.rssGrowthBytes) >= WORTH_TELLING_BYTES;
  return (
    <tr>
      <td style={NUMBER}>{label}</td>
      <td style={NUMBER}>{hot && formatShare(hot.share)}</td>
      <td style={TEXT}>{hot && <Bar share={hot.share} colour={HEAT_COLOUR} />}</td>
      <td style={NUMBER}>{hot && formatMs(hot.selfMs)}</td>
      <td style={NUMBER}>{grew && formatGrowth(line.rssGrowthBytes)}</td>
      <td style={CODE_TEXT}>
        {plainCode(text, MAX_TEXT)}
        {hot && <Waits line={hot} />}
      </td>
    </tr>
  );
}

function Waits({ line }: { line: Line }) {
  const waits = OFF_CPU_CAUSES.filter(cause => line.offCpuMs[cause] > line.selfMs * 0.05);
  if (waits.length === 0) return null;
  const words = waits.map(cause => `${formatCause(cause)} ${formatMs(line.offCpuMs[cause])}`);
  return <span style={MUTED}> ← waiting: {words.join(', ')}</span>;
}
