/** What the whole run took: sums over its cells, and the highest memory mark. */
import { bytes, ms, type Bytes, type Cell, type Milliseconds } from '../profile/index.ts';
import {
  firstReason,
  measuredCpuMs,
  measuredIo,
  measuredMemory,
  type IoTotals,
  type Measured,
} from './measured.ts';

export interface RunTotals {
  /** Sum of the cells' wall time; the time between cells is the user's own. */
  readonly wallTimeMs: Milliseconds;
  readonly cpuMs: Measured<Milliseconds>;
  /** CPU time over wall time, in cores, of those cells whose CPU time was measured. */
  readonly cpuCores: Measured<number>;
  readonly peakRssBytes: Measured<Bytes>;
  readonly peakIsExact: boolean;
  readonly io: Measured<IoTotals>;
}

export function totalRun(cells: readonly Cell[]): RunTotals {
  const cpu = cells.map(measuredCpuMs);
  const memory = cells.map(measuredMemory);
  const io = cells.map(measuredIo);
  const wallWithCpu = sum(cells.map((c, i) => (cpu[i]?.value == null ? 0 : c.wallTimeMs)));
  const peak = largest(values(memory), m => m.peakRssBytes);
  const cpuMs = total(cpu, all => ms(sum(all)));
  return {
    wallTimeMs: ms(sum(cells.map(c => c.wallTimeMs))),
    cpuMs,
    cpuCores:
      cpuMs.value === null ? cpuMs : { value: wallWithCpu > 0 ? cpuMs.value / wallWithCpu : 0 },
    peakRssBytes: peak
      ? { value: peak.peakRssBytes }
      : { value: null, reason: firstReason(memory) },
    peakIsExact: peak?.peakIsExact ?? false,
    io: total(io, all => ({
      readBytes: bytes(sum(all.map(x => x.readBytes))),
      writeBytes: bytes(sum(all.map(x => x.writeBytes))),
      storageReadBytes: bytes(sum(all.map(x => x.storageReadBytes))),
      storageWriteBytes: bytes(sum(all.map(x => x.storageWriteBytes))),
    })),
  };
}

/** Of those cells that have the figure; not measured when none has. */
function total<T extends object | number, R>(
  figures: readonly Measured<T>[],
  add: (all: readonly T[]) => R,
): Measured<R> {
  const known = values(figures);
  return known.length > 0 ? { value: add(known) } : { value: null, reason: firstReason(figures) };
}

const values = <T>(figures: readonly Measured<T>[]): T[] =>
  figures.flatMap(figure => (figure.value === null ? [] : [figure.value]));
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

function largest<T>(items: readonly T[], size: (item: T) => number): T | undefined {
  return items.reduce<T | undefined>(
    (best, item) => (best === undefined || size(item) > size(best) ? item : best),
    undefined,
  );
}
