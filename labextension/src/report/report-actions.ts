/** What the report's buttons do, and what is said of it. */
import type { Cell } from '../../../src/profile/index.ts';
import type { Format } from '../../../src/render/index.ts';
import type { Report } from '../../../src/report/index.ts';
import type { ExportTarget } from './export-menu.tsx';
import { goToCell } from './go-to-cell.ts';
import type { ReportServices } from './report-services.ts';
import type { ReportSource } from './report-source.ts';

export interface Message {
  readonly text: string;
  readonly isProblem: boolean;
}

export function goToIn(
  { panel }: ReportSource,
  services: ReportServices,
  tell: (message: Message) => void,
): ((cell: Cell, line?: number) => void) | null {
  if (!panel) return null;
  return ({ cellId }, line) => {
    if (cellId === null) return;
    services.activate(panel.id);
    void goToCell(panel, cellId, line ?? null).then(found => {
      if (!found) tell({ text: 'This cell is not in the notebook any more.', isProblem: true });
    });
  };
}

/** @returns what was done. @throws Error with a sentence. */
export async function exportReport(
  report: Report,
  format: Format,
  target: ExportTarget,
  source: ReportSource,
  services: ReportServices,
): Promise<string> {
  const { download, saveBeside } = await import('./export.ts');
  switch (target) {
    case 'download':
      return `Downloaded ${download(report, format, source.path)}.`;
    case 'server':
      return `Saved as ${await saveBeside(report, format, source.path, services.contents)}.`;
  }
}
