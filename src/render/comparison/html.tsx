/** @jsxImportSource preact */
/** A comparison as one web page without scripts. */
import { renderToString } from 'preact-render-to-string';
import type { CellComparison, ComparisonReport, MetricChange } from '../../report/index.ts';
import { CHANGE_HEAD, changeWords, lineImprovementWords, verdictOf } from '../change-words.ts';
import { formatMs, plainCode } from '../format.ts';
import { Document } from '../html-page/document.tsx';
import { Table, type Column } from '../html-page/parts.tsx';
import {
  cellTable,
  comparisonNotes,
  findingLists,
  findingWords,
  lineTable,
  routeTable,
  runTable,
  sideWords,
  type WordTable,
} from './tables.ts';
import { comparedWithWords } from './cell-words.ts';

export const renderComparisonHtml = (report: ComparisonReport): string =>
  `<!doctype html>\n${renderToString(
    <Document title="PyPerf comparison" version={versionOf(report)}>
      <Body report={report} />
    </Document>,
  )}\n`;

const versionOf = ({ after }: ComparisonReport) => after.report.profile.environment.pyperfVersion;

function Body({ report }: { report: ComparisonReport }) {
  return (
    <main>
      <h1>PyPerf comparison</h1>
      {sideWords(report).map(([side, words]) => (
        <p key={side}>
          <strong>{side}:</strong> <bdi>{words}</bdi>
        </p>
      ))}
      <section>
        <h2>The whole run</h2>
        <Changes caption={runTable(report).caption} changes={report.run} />
      </section>
      {[cellTable(report), routeTable(report), lineTable(report)].map(
        table =>
          table.rows.length > 0 && (
            <section key={table.title}>
              <h2>{table.title}</h2>
              <Words table={table} />
            </section>
          ),
      )}
      {findingLists(report).map(({ title, findings }) => (
        <section key={title}>
          <h2>{title}</h2>
          <ul>
            {findings.map((finding, i) => (
              <li key={i}>{findingWords(finding)}</li>
            ))}
          </ul>
        </section>
      ))}
      <section>
        <h2>How to read this</h2>
        <ul>
          {comparisonNotes(report).map(note => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      </section>
    </main>
  );
}

/** A sign and a word beside the figure: colour says the same once more. */
export const Changes = (props: { caption: string; changes: readonly MetricChange[] }) => (
  <Table
    caption={props.caption}
    rows={props.changes}
    columns={CHANGE_HEAD.map((name, i): Column<MetricChange> => ({
      name,
      number: i > 0,
      cell: change =>
        i < 3 ? (
          changeWords(change)[i]
        ) : (
          <span class={`verdict-${verdictOf(change)}`}>
            {MARKS[verdictOf(change)]}
            {changeWords(change)[3]}
          </span>
        ),
    }))}
  />
);

const MARKS = { better: '▾ ', worse: '▴ ', noise: '', other: '' } as const;

const Words = ({ table: { caption, head, rows, code } }: { table: WordTable }) => (
  <Table
    caption={caption}
    rows={rows}
    columns={head.map((name, i): Column<readonly string[]> => ({
      name,
      number: i > 0,
      cell: row =>
        code.includes(i) ? (
          <code>
            <bdi>{row[i]}</bdi>
          </code>
        ) : (
          row[i]
        ),
    }))}
  />
);

/** In the report of a cell that was compared. */
export const ComparedCell = ({ comparison }: { comparison: CellComparison }) => (
  <>
    <Changes caption={comparedWithWords(comparison)} changes={comparison.changes} />
    <Table
      caption="Lines whose time changed"
      rows={comparison.lines}
      columns={[
        { name: 'Line', cell: line => <code>{plainCode(line.text, 120)}</code> },
        { name: 'Before', number: true, cell: line => formatMs(line.beforeMs) },
        { name: 'After', number: true, cell: line => formatMs(line.afterMs) },
        { name: 'Improvement', number: true, cell: line => lineImprovementWords(line) },
      ]}
    />
  </>
);
