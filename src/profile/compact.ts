/**
 * A profile small enough to live in a notebook: the whole stays in the run's own file, an output keeps what matters.
 * Nothing is changed but detail: totals, peaks and the hottest entries are those of the full profile.
 */
import type { Cell, FunctionNode, Profile, Series } from './schema.ts';
import { ms } from './units.ts';

const LIMITS = {
  seriesPoints: 80,
  lines: 45,
  functions: 80,
  variables: 20,
  files: 20,
  queries: 20,
  processes: 20,
  callees: 3,
} as const;

/** @returns a profile of at most about 60 kB a cell as JSON. */
export const compactProfile = (profile: Profile): Profile => ({
  ...profile,
  cells: profile.cells.map(compactCell),
});

function compactCell(cell: Cell): Cell {
  return {
    ...cell,
    memory: { ...cell.memory, series: thinSeries(cell.memory.series, LIMITS.seriesPoints) },
    io: { ...cell.io, files: largest(cell.io.files, LIMITS.files, file => file.waitMs) },
    lines: largest(cell.lines, LIMITS.lines, line => line.totalMs).map(line =>
      line.callees ? { ...line, callees: line.callees.slice(0, LIMITS.callees) } : line,
    ),
    functions: pruneFunctions(cell.functions, LIMITS.functions),
    variables: largest(cell.variables, LIMITS.variables, variable => variable.sizeBytes),
    queries: largest(cell.queries, LIMITS.queries, query => query.totalMs),
    processes: largest(cell.processes, LIMITS.processes, process => process.cpuMs),
  };
}

/** The greatest `count`, in the order in which they stood. */
function largest<T>(items: readonly T[], count: number, weight: (item: T) => number): T[] {
  if (items.length <= count) return [...items];
  const kept = new Set([...items].sort((a, b) => weight(b) - weight(a)).slice(0, count));
  return items.filter(item => kept.has(item));
}

/**
 * Merges neighbouring points: greatest memory, mean rates, each for the interval that ends at its point.
 * @returns at most `points` points.
 */
export function thinSeries(series: Series, points: number): Series {
  const count = series.tMs.length;
  if (count <= points) return series;
  const size = Math.ceil(count / points);
  const groups = Array.from({ length: Math.ceil(count / size) }, (_, group) => ({
    from: group * size,
    to: Math.min(count, (group + 1) * size),
  }));
  const mean = (values: readonly number[]): number[] =>
    groups.map(({ from, to }) => {
      const start = from === 0 ? 0 : (series.tMs[from - 1] ?? 0);
      let weighted = 0;
      let previous = start;
      for (let i = from; i < to; i++) {
        const t = series.tMs[i] ?? previous;
        weighted += (values[i] ?? 0) * (t - previous);
        previous = t;
      }
      return previous > start ? weighted / (previous - start) : (values[from] ?? 0);
    });
  return {
    tMs: groups.map(({ to }) => ms(series.tMs[to - 1] ?? 0)),
    rssBytes: groups.map(({ from, to }) =>
      series.rssBytes.slice(from, to).reduce((a, b) => (a > b ? a : b)),
    ),
    cpuCores: mean(series.cpuCores),
    readBytesPerSecond: mean(series.readBytesPerSecond),
    writeBytesPerSecond: mean(series.writeBytesPerSecond),
  };
}

/**
 * Keeps the nodes of the greatest total time. A caller's total is never less than its callee's, so with ties broken by
 * place (callers stand first) every kept node's caller is kept too. What is cut shows as its caller's own time.
 */
function pruneFunctions(nodes: readonly FunctionNode[], count: number): FunctionNode[] {
  if (nodes.length <= count) return [...nodes];
  const order = nodes.map((_, index) => index);
  const total = (index: number): number => nodes[index]?.totalMs ?? 0;
  order.sort((a, b) => total(b) - total(a) || a - b);
  const kept = order.slice(0, count).sort((a, b) => a - b);
  const place = new Map(kept.map((index, position) => [index, position]));
  const pruned = kept.map(index => ({ ...(nodes[index] as FunctionNode) }));
  nodes.forEach((node, index) => {
    const parent = place.get(node.parent);
    if (place.has(index) || parent === undefined) return;
    const caller = pruned[parent] as FunctionNode;
    caller.selfMs = ms(caller.selfMs + node.totalMs);
  });
  for (const node of pruned) if (node.parent >= 0) node.parent = place.get(node.parent) ?? -1;
  return pruned;
}
