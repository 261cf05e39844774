/** A comparison for programs: numbers in the units that names end with, and which run each side was. */
import type { ComparedCell, ComparedRun, ComparisonReport } from '../../report/index.ts';

export function renderComparisonJson(report: ComparisonReport): string {
  const { run, cells, findings, requests, noise } = report;
  const value = {
    before: sideOf(report.before),
    after: sideOf(report.after),
    noise,
    run,
    cells: cells.map(cellOf),
    requests,
    findings,
  };
  return `${JSON.stringify(value, null, 1)}\n`;
}

const sideOf = ({ name, runs, report }: ComparedRun) => ({
  name,
  runs,
  notebook: report.profile.notebook,
  startedAt: report.profile.startedAt,
});

function cellOf({ beforeCell, afterCell, edited, changes, lines }: ComparedCell) {
  const place = (of: ComparedCell['beforeCell']) =>
    of && {
      index: of.cell.index,
      cellId: of.cell.cellId,
      executionCount: of.cell.executionCount,
      label: of.label?.text ?? null,
    };
  return {
    before: place(beforeCell),
    after: place(afterCell),
    edited,
    changes,
    lines: lines.map(({ text, beforeMs, afterMs, improvement }) => ({
      text,
      beforeMs,
      afterMs,
      improvement,
    })),
  };
}
