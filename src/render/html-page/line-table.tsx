/** @jsxImportSource preact */
/** The code with what each line took: the heart of a cell's report. */
import { OFF_CPU_CAUSES, type Line } from '../../profile/index.ts';
import type { CellReport } from '../../report/index.ts';
import {
  formatBytes,
  formatCause,
  formatGrowth,
  formatMs,
  formatShare,
  formatSource,
  plain,
  plainCode,
} from '../format.ts';

/** Growth below this is the allocator's noise. */
const WORTH_TELLING_BYTES = 1e6;
const MAX_CALLEES = 3;

interface Row {
  readonly label: string;
  readonly text: string;
  readonly line: Line | null;
}

export function LineTable({ report }: { report: CellReport }) {
  const own = report.source.map(({ line, text, measured }) => ({
    label: String(line),
    text,
    line: measured,
  }));
  const elsewhere = report.linesElsewhere.map(line => ({
    label: formatSource(line.source),
    text: line.text ?? `in ${line.function}`,
    line,
  }));
  return (
    <>
      <Rows caption="Lines" rows={own} measured={report.hasStacks} />
      {elsewhere.length > 0 && (
        <Rows caption="Lines called in files and other cells" rows={elsewhere} measured />
      )}
    </>
  );
}

function Rows(props: { caption: string; rows: readonly Row[]; measured: boolean }) {
  const { caption, rows, measured } = props;
  return (
    <div class="scroll">
      <table class="lines">
        <thead>
          <tr>
            <th scope="col" class="num">
              Line
            </th>
            {measured && (
              <>
                <th scope="col" class="num">
                  Share
                </th>
                <th scope="col" class="num">
                  Time
                </th>
                <th scope="col" class="num">
                  Memory
                </th>
              </>
            )}
            <th scope="col">{caption === 'Lines' ? 'Code' : caption}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <LineRow key={row.label} row={row} measured={measured} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LineRow({ row: { label, text, line }, measured }: { row: Row; measured: boolean }) {
  const spent = line !== null && line.selfMs > 0;
  const grew = line !== null && Math.abs(line.rssGrowthBytes) >= WORTH_TELLING_BYTES;
  return (
    <tr>
      <th scope="row" class="num muted">
        {label}
      </th>
      {measured && (
        <>
          <td class="num share">{spent ? formatShare(line.share) : ''}</td>
          <td class="num">{spent ? formatMs(line.selfMs) : ''}</td>
          <td class="num">{grew ? formatGrowth(line.rssGrowthBytes) : ''}</td>
        </>
      )}
      <td class="text code" style={{ '--share': line?.share ?? 0 }}>
        <bdi>{plainCode(text)}</bdi>
        {line && <Beside line={line} />}
      </td>
    </tr>
  );
}

/** What the line waited for, and whom it called. */
function Beside({ line }: { line: Line }) {
  const waits = OFF_CPU_CAUSES.filter(cause => line.offCpuMs[cause] > line.selfMs * 0.05).map(
    cause => `${formatCause(cause)} ${formatMs(line.offCpuMs[cause])}`,
  );
  const calls = (line.callees ?? [])
    .slice(0, MAX_CALLEES)
    .map(({ name, ms }) => `${plain(name, 60)} ${formatMs(ms)}`);
  const traced =
    line.tracedBytes === undefined ? [] : [`allocated ${formatBytes(line.tracedBytes)}`];
  const notes = [
    ...(waits.length > 0 ? [`waiting: ${waits.join(', ')}`] : []),
    ...(calls.length > 0 ? [`in ${calls.join(', ')}`] : []),
    ...traced,
  ];
  if (notes.length === 0) return null;
  return (
    <span class="wait">
      {'  '}← {notes.join('; ')}
    </span>
  );
}
