/** A comparison as rows for a spreadsheet or a data frame: one a metric, of the run, of each cell, of each line. */
import type {
  ComparedCell,
  ComparisonReport,
  LineChange,
  MetricChange,
} from '../../report/index.ts';
import { csvText } from '../csv-text.ts';
import { METRIC_TITLES } from '../change-words.ts';

const FIELDS = [
  'scope',
  'cell_before',
  'cell_after',
  'label',
  'line',
  'metric',
  'name',
  'before',
  'after',
  'improvement',
  'inside_noise',
  'noise_by',
  'before_low',
  'before_high',
  'after_low',
  'after_high',
] as const;

type Row = Partial<Record<(typeof FIELDS)[number], string | number | boolean | null>>;

export function renderComparisonCsv(report: ComparisonReport): string {
  const rows: Row[] = [
    ...report.run.map(change => ({ scope: 'run', ...changeFields(change) })),
    ...report.cells.flatMap(cell => [
      ...cell.changes.map(change => ({ ...cellFields(cell), ...changeFields(change) })),
      ...cell.lines.map(line => ({ ...cellFields(cell), ...lineFields(line) })),
    ]),
    ...report.requests.map(change => ({
      scope: 'route',
      metric: 'responseMs',
      name: `${change.role} ${change.method} ${change.route}`,
      before: change.beforeMs,
      after: change.afterMs,
      improvement: change.improvement,
      inside_noise: change.noise.isInside,
      noise_by: change.noise.by,
    })),
    ...report.findings.gone.map(({ id }) => ({ scope: 'finding', name: id, before: 1, after: 0 })),
    ...report.findings.added.map(({ id }) => ({ scope: 'finding', name: id, before: 0, after: 1 })),
  ];
  return csvText(
    FIELDS,
    rows.map(row => FIELDS.map(field => row[field] ?? '')),
  );
}

const cellFields = ({ beforeCell, afterCell }: ComparedCell): Row => ({
  scope: 'cell',
  cell_before: beforeCell?.cell.index ?? null,
  cell_after: afterCell?.cell.index ?? null,
  label: (afterCell ?? beforeCell)?.label?.text ?? null,
});

const changeFields = (change: MetricChange): Row => ({
  metric: change.metric,
  name: METRIC_TITLES[change.metric],
  before: change.before,
  after: change.after,
  improvement: change.improvement,
  inside_noise: change.noise.isInside,
  noise_by: change.noise.by,
  before_low: change.beforeSpread?.low ?? null,
  before_high: change.beforeSpread?.high ?? null,
  after_low: change.afterSpread?.low ?? null,
  after_high: change.afterSpread?.high ?? null,
});

const lineFields = (line: LineChange): Row => ({
  scope: 'line',
  line: line.text,
  metric: 'selfMs',
  before: line.beforeMs,
  after: line.afterMs,
  improvement: line.improvement,
  inside_noise: false,
});
