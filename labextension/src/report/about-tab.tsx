/** How and on what it was measured, and what is missing. */
import {
  countOf,
  formatBytes,
  formatCount,
  formatTimestamp,
  plain,
} from '../../../src/render/format.ts';
import { methodWords, notesOf } from '../../../src/render/words.ts';
import type { CellReport, Report } from '../../../src/report/index.ts';
import { CellLink } from './cell-link.tsx';

export function AboutTab({ report }: { report: Report }) {
  const { environment, notebook, startedAt } = report.profile;
  const notes = notesOf(report.profile);
  const facts = [
    ['Started', formatTimestamp(startedAt)],
    [
      'Kernel',
      `${plain(notebook.kernelName)}, ${plain(notebook.language)} ${plain(notebook.languageVersion)}`,
    ],
    ['System', plain(environment.os)],
    ['Cores', formatCount(environment.cpuCount)],
    [
      'Memory',
      `${formatBytes(environment.memoryLimitBytes)} (${limitWords(environment.memoryLimitSource)})`,
    ],
    ['PyPerf', `${plain(environment.pyperfVersion)}, Node ${plain(environment.nodeVersion)}`],
  ] as const;
  return (
    <div className="jp-PyPerf-about">
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {notes.length > 0 && (
        <>
          <h3>What is missing</h3>
          <ul>
            {notes.map(({ text, cells }) => (
              <li key={text}>
                <Which cells={cells.flatMap(i => report.cells[i] ?? [])} />
                {text}
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>How each cell was measured</h3>
      <p className="jp-PyPerf-muted">
        Shares of lines and functions come from samples, so small ones are rough.
      </p>
      <Methods report={report} />
    </div>
  );
}

const limitWords = (source: 'cgroup' | 'machine') =>
  source === 'cgroup' ? "the container's limit" : 'of the machine';

/** `[5] Load: `, or `7 cells, for example [5] Load: `; nothing for none. */
function Which({ cells }: { cells: readonly CellReport[] }) {
  const [first] = cells;
  if (!first) return null;
  return (
    <>
      {cells.length > 1 && `${countOf(cells.length, 'cell')}, for example `}
      <CellLink cell={first} />:{' '}
    </>
  );
}

/** Cells measured alike stand together: a thousand lines that say the same say nothing. */
function Methods({ report }: { report: Report }) {
  const groups = new Map<string, Report['cells'][number][]>();
  for (const cell of report.cells) {
    const { sampling, memory, timeMethod } = cell.cell;
    const key = [sampling.method, memory.peakMethod, timeMethod].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  return (
    <ul>
      {[...groups.values()].map(cells => {
        const [first] = cells;
        if (!first) return null;
        return (
          <li key={first.cell.index}>
            <Which cells={cells} />
            {methodWords(first)}
          </li>
        );
      })}
    </ul>
  );
}
