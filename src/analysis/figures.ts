/** The figures that two runs are compared by, of a cell and of a whole run. Null is a figure that was not measured. */
import type { Cell } from '../profile/index.ts';
import { measuredCpuMs, measuredIo, measuredMemory } from './measured.ts';
import { totalRun } from './totals.ts';

/** Each name ends in its unit. The order is that of tables. */
export const COMPARED_METRICS = [
  'wallTimeMs',
  'cpuMs',
  'cpuCores',
  'peakRssBytes',
  'readBytes',
  'writeBytes',
  'queryCount',
  'queryMs',
  'responseMs',
  'slowestP95Ms',
] as const;
export type ComparedMetric = (typeof COMPARED_METRICS)[number];

export interface Figures extends Readonly<Record<ComparedMetric, number | null>> {
  readonly wallTimeMs: number;
}

export function cellFigures(cell: Cell): Figures {
  const cpuMs = measuredCpuMs(cell).value;
  const io = measuredIo(cell).value;
  return {
    wallTimeMs: cell.wallTimeMs,
    cpuMs,
    cpuCores: coresOf(cpuMs, cell.wallTimeMs),
    peakRssBytes: measuredMemory(cell).value?.peakRssBytes ?? null,
    readBytes: io?.readBytes ?? null,
    writeBytes: io?.writeBytes ?? null,
    ...tracedFigures([cell]),
  };
}

/** A sum is of use here only when no cell is missing from it: two partial sums compare what they left out. */
export function runFigures(cells: readonly Cell[]): Figures {
  const totals = totalRun(cells);
  const ran = cells.filter(cell => cell.status !== 'aborted');
  const whole = <T>(figure: T, isKnown: (cell: Cell) => boolean) =>
    ran.every(isKnown) ? figure : null;
  const cpuMs = whole(totals.cpuMs.value, cell => measuredCpuMs(cell).value !== null);
  const io = whole(totals.io.value, cell => measuredIo(cell).value !== null);
  return {
    wallTimeMs: totals.wallTimeMs,
    cpuMs,
    cpuCores: coresOf(cpuMs, totals.wallTimeMs),
    peakRssBytes: whole(totals.peakRssBytes.value, cell => measuredMemory(cell).value !== null),
    readBytes: io?.readBytes ?? null,
    writeBytes: io?.writeBytes ?? null,
    ...tracedFigures(ran),
  };
}

const coresOf = (cpuMs: number | null, wallTimeMs: number) =>
  cpuMs === null || wallTimeMs === 0 ? null : cpuMs / wallTimeMs;

/** Statements and served requests. A cell that lacks them says why, and then no sum is whole. */
function tracedFigures(cells: readonly Cell[]) {
  const queries = cells.flatMap(cell => cell.queries);
  const served = cells
    .flatMap(cell => cell.requests ?? [])
    .filter(request => request.role === 'server');
  const isBlind = cells.some(
    cell =>
      cell.tracingNote !== undefined && cell.queries.length + (cell.requests?.length ?? 0) === 0,
  );
  const requests = sum(served.map(request => request.count));
  return {
    queryCount: isBlind ? null : sum(queries.map(query => query.count)),
    queryMs: isBlind ? null : sum(queries.map(query => query.totalMs)),
    responseMs: requests === 0 ? null : sum(served.map(request => request.totalMs)) / requests,
    slowestP95Ms: requests === 0 ? null : Math.max(...served.map(request => request.p95Ms)),
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
