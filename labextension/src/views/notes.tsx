/** How the figures were come by, and what is missing: small, but always there. */
import { plain } from '../../../src/render/format.ts';
import { methodWords } from '../../../src/render/words.ts';
import type { CellReport } from '../../../src/report/index.ts';

export function Notes({ report }: { report: CellReport }) {
  const { cell } = report;
  const notes = [cell.sampling.note, cell.memory.note, cell.io.note, cell.tracingNote].flatMap(
    note => (note ? [plain(note)] : []),
  );
  return (
    <footer className="jp-PyPerf-notes">
      <p>How this was measured: {methodWords(report)}.</p>
      {notes.map((note, i) => (
        <p key={i}>{note}</p>
      ))}
    </footer>
  );
}
