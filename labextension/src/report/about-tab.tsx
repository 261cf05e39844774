/** How and on what it was measured, and what is missing. */
import {
  countOf,
  formatBytes,
  formatCount,
  formatTimestamp,
  plain,
} from '../../../src/render/format.ts';
import { allNotes, methodWords } from '../../../src/render/words.ts';
import type { Report } from '../../../src/report/index.ts';
import { CellLink } from './cell-link.tsx';

export function AboutTab({ report }: { report: Report }) {
  const { environment, notebook, startedAt } = report.profile;
  const notes = allNotes(report.profile);
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
            {notes.map(note => (
              <li key={note}>{note}</li>
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
            {cells.length === 1 ? (
              <CellLink cell={first} />
            ) : (
              `${countOf(cells.length, 'cell')}, for example`
            )}
            {cells.length > 1 && (
              <>
                {' '}
                <CellLink cell={first} />
              </>
            )}
            : {methodWords(first)}
          </li>
        );
      })}
    </ul>
  );
}
