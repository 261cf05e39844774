/** @jsxImportSource preact */
/** One cell's report as the `text/html` of its output, for where our extension is not installed. */
import { renderToString } from 'preact-render-to-string';
import type { CellReport, Report } from '../../report/index.ts';
import {
  formatBytes,
  formatCount,
  formatGrowth,
  formatMs,
  formatShare,
  orNotMeasured,
  plain,
} from '../format.ts';
import { ComparisonFragment } from '../comparison/fragment.tsx';
import { summaryParts } from '../summary-line.ts';
import { variableWords } from '../memory-words.ts';
import { cellNumber, cellTitle, functionName, methodWords } from '../words.ts';
import { Findings, Traffic } from './findings.tsx';
import { HeatLines } from './heat-lines.tsx';
import { CODE_TEXT, Details, MUTED, NUMBER, Table, TEXT } from './parts.tsx';
import { TimelineImages } from './timeline-images.tsx';

const TOP = 6;
const MIN_SHARE = 0.01;

/** @param report of a profile with one cell; of more, the last is told. At most about 20 kB. */
export function renderHtmlFragment(report: Report): string {
  const cell = report.cells.at(-1);
  return cell ? renderToString(<Fragment report={report} cell={cell} />) : '';
}

function Fragment({ report, cell }: { report: Report; cell: CellReport }) {
  const title = cellTitle(cell);
  const [time = '', ...others] = summaryParts(cell);
  return (
    <div>
      <div style={{ padding: '2px 0' }}>
        <strong>
          PyPerf {cellNumber(cell)} {title && `${title}: `}
          {time}
        </strong>
        {others.map(part => ` · ${part}`)}
      </div>
      <Findings report={report} />
      <HeatLines report={cell} />
      <TimelineImages report={cell} />
      <Functions report={report} />
      <Variables cell={cell} />
      <Files cell={cell} />
      <Traffic report={report} />
      {cell.comparison && <ComparisonFragment comparison={cell.comparison} />}
      <Details title="How this was measured">
        <div style={MUTED}>
          {methodWords(cell)}.{notesOf(cell).map(note => ` ${note}`)}
        </div>
      </Details>
    </div>
  );
}

function Functions({ report }: { report: Report }) {
  const hot = report.functions.filter(fn => fn.shareOfRun >= MIN_SHARE).slice(0, TOP);
  if (hot.length < 2) return null;
  return (
    <Details title="Functions">
      <Table
        head={[
          ['Function', false],
          ['Share', true],
          ['Time', true],
        ]}
      >
        {hot.map((fn, i) => (
          <tr key={i}>
            <td style={CODE_TEXT}>{functionName(fn, report)}</td>
            <td style={NUMBER}>{formatShare(fn.shareOfRun)}</td>
            <td style={NUMBER}>{formatMs(fn.selfMs)}</td>
          </tr>
        ))}
      </Table>
    </Details>
  );
}

function Variables({ cell: { cell } }: { cell: CellReport }) {
  const largest = [...cell.variables].sort((a, b) => b.sizeBytes - a.sizeBytes).slice(0, TOP);
  if (largest.length === 0) return null;
  return (
    <Details title="Largest variables">
      <Table
        head={[
          ['Variable', false],
          ['Type', false],
          ['Size', true],
          ['Growth', true],
        ]}
      >
        {largest.map(v => (
          <tr key={v.name}>
            <td style={CODE_TEXT}>{plain(v.name, 60)}</td>
            <td style={TEXT}>{variableWords(v)}</td>
            <td style={NUMBER}>{formatBytes(v.sizeBytes)}</td>
            <td style={NUMBER}>
              {v.growthBytes === undefined ? 'new' : formatGrowth(v.growthBytes)}
            </td>
          </tr>
        ))}
      </Table>
    </Details>
  );
}

function Files({ cell: { cell } }: { cell: CellReport }) {
  const files = cell.io.files.slice(0, TOP);
  if (files.length === 0) return null;
  return (
    <Details title="Files">
      <Table
        head={[
          ['File', false],
          ['Waited', true],
          ['Opened', true],
          ['Read', true],
          ['Written', true],
        ]}
      >
        {files.map(file => (
          <tr key={file.path}>
            <td style={CODE_TEXT}>{plain(file.path, 120)}</td>
            <td style={NUMBER}>{formatMs(file.waitMs)}</td>
            <td style={NUMBER}>{orNotMeasured(file.opens, formatCount)}</td>
            <td style={NUMBER}>{orNotMeasured(file.readBytes, formatBytes)}</td>
            <td style={NUMBER}>{orNotMeasured(file.writeBytes, formatBytes)}</td>
          </tr>
        ))}
      </Table>
    </Details>
  );
}

const notesOf = ({ cell }: CellReport) =>
  [cell.sampling.note, cell.memory.note, cell.io.note, cell.tracingNote].flatMap(note =>
    note ? [plain(note)] : [],
  );
