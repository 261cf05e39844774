/** One cell's part of the report. */
import {
  findHotFunctions,
  findMemoryPattern,
  hasStacks,
  joinRequests,
  mainCause,
  measuredCpuMs,
  measuredIo,
  measuredMemory,
  measuredOffCpu,
  type CellLabel,
} from '../analysis/index.ts';
import { shareOf, type Cell, type Line } from '../profile/index.ts';
import { reportComparison } from './comparison.ts';
import { once } from './once.ts';
import type { CellReport, SourceLine } from './report.ts';

export function reportCell(cell: Cell, label: CellLabel | null, runMs: number): CellReport {
  const isOwn = ({ source }: Line) =>
    'executionCount' in source && source.executionCount === cell.executionCount;
  const source = once(() => readSource(cell, cell.lines.filter(isOwn)));
  const elsewhere = once(() =>
    cell.lines.filter(line => !isOwn(line) && line.selfMs > 0).sort((a, b) => b.selfMs - a.selfMs),
  );
  const functions = once(() => findHotFunctions([cell]));
  return {
    cell,
    label,
    shareOfRun: shareOf(cell.wallTimeMs, runMs),
    cpu: reportCpu(cell),
    offCpu: measuredOffCpu(cell),
    cause: mainCause(cell),
    memory: measuredMemory(cell),
    memoryPattern: findMemoryPattern(cell.memory.series),
    io: measuredIo(cell),
    hasStacks: hasStacks(cell),
    requests: joinRequests(cell.requests ?? []),
    comparison: reportComparison(cell),
    get source() {
      return source();
    },
    get linesElsewhere() {
      return elsewhere();
    },
    get functions() {
      return functions();
    },
  };
}

function reportCpu(cell: Cell): CellReport['cpu'] {
  const cpu = measuredCpuMs(cell);
  if (cpu.value === null) return cpu;
  return {
    value: {
      userMs: cell.cpuUserMs,
      systemMs: cell.cpuSystemMs,
      cores: cell.wallTimeMs > 0 ? cpu.value / cell.wallTimeMs : 0,
    },
  };
}

function readSource({ source }: Cell, own: readonly Line[]): SourceLine[] {
  const byLine = new Map(own.map(line => [line.source.line, line]));
  return source
    .replace(/\s+$/, '')
    .split('\n')
    .map((text, i) => ({ line: i + 1, text, measured: byLine.get(i + 1) ?? null }));
}
