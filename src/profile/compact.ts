/**
 * A profile small enough to live in a notebook: the whole stays in the run's own file, an output keeps what matters.
 * Nothing is changed but detail: totals, peaks and the hottest entries are those of the full profile.
 */
import type { Cell, Finding, FunctionNode, HotLines, Line, Profile, Series } from './schema.ts';
import { roundProfile } from './serialize.ts';
import { ms } from './units.ts';

/** What one profile may take of a notebook file, when nobody says more precisely. */
const PROFILE_BYTES = 40_000;
/** The same for all cells of a run together, however many there are. */
const RUN_BYTES = 400_000;

/** What is kept at most when there is room; less and less of it, until it fits. */
const LIMITS = {
  seriesPoints: 120,
  lines: 60,
  functions: 120,
  variables: 30,
  files: 30,
  queries: 30,
  processes: 30,
  containers: 20,
  requests: 30,
  lockWaits: 20,
} as const;
/** Halvings of the search for the largest part that fits. */
const STEPS = 6;
/** Lines and the course of time are what people look at first: they go more slowly than the rest. */
const DEAR = ['lines', 'seriesPoints'];
const DEAR_POWER = 0.6;

/** The first of them save the most. */
const FINDINGS = 20;
const EXAMPLE_LENGTH = 600;

const CALLEES = 3;
/** Of the line's own time: less explains nothing. */
const CALLEE_SHARE = 0.1;
/** A longer statement says nothing more to a reader. */
const STATEMENT_LENGTH = 240;

/** Spaces before each line of a cell of ours, within a notebook file as Jupyter writes it. */
const INDENT = 9;

/**
 * @param bytes that a cell may take of a notebook file, its own source included: a cell whose source alone is longer
 * takes more, since its lines cannot be shown without it.
 */
export function compactProfile(profile: Profile, bytes = PROFILE_BYTES): Profile {
  const most = roundProfile({
    ...profile,
    cells: profile.cells.map(cell => withLimits(cell, 1)),
    findings: profile.findings.slice(0, FINDINGS).map(compactFinding),
  });
  const around = sizeInNotebook({ ...most, cells: [] });
  const budget = Math.min(bytes - around, RUN_BYTES / Math.max(1, most.cells.length));
  return { ...most, cells: most.cells.map(cell => compactCell(cell, budget)) };
}

/** @param most a cell within the limits. */
function compactCell(most: Cell, budget: number): Cell {
  if (sizeInNotebook(most) <= budget) return most;
  let kept = withLimits(most, 0);
  let [fits, tooMuch] = [0, 1];
  for (let step = 0; step < STEPS; step++) {
    const part = (fits + tooMuch) / 2;
    const tried = withLimits(most, part);
    if (sizeInNotebook(tried) <= budget) [kept, fits] = [tried, part];
    else tooMuch = part;
  }
  return kept;
}

/** Bytes of the file, one line a value. */
function sizeInNotebook(part: unknown): number {
  const text = JSON.stringify(part, null, 1);
  const lines = text.split('\n').length;
  return new TextEncoder().encode(text).length + lines * INDENT;
}

/** @param part of the limits. */
function withLimits(cell: Cell, part: number): Cell {
  const limit = (name: keyof typeof LIMITS) =>
    Math.max(1, Math.round(LIMITS[name] * part ** (DEAR.includes(name) ? DEAR_POWER : 1)));
  const lines = largest(cell.lines, limit('lines'), line => line.totalMs);
  return {
    ...cell,
    memory: { ...cell.memory, series: thinSeries(cell.memory.series, limit('seriesPoints')) },
    io: {
      ...cell.io,
      // Most files are opened once and never waited for.
      files: largest(cell.io.files, limit('files'), file => file.waitMs + (file.opens ?? 0) / 1e3),
    },
    lines: lines.map(withoutSmallCallees),
    ...(cell.hotLines && { hotLines: renumbered(cell.hotLines, cell.lines, lines) }),
    functions: pruneFunctions(cell.functions, limit('functions')),
    variables: largest(cell.variables, limit('variables'), variable => variable.sizeBytes),
    queries: largest(cell.queries, limit('queries'), query => query.totalMs).map(query => ({
      ...query,
      statement: clip(query.statement),
    })),
    processes: largest(cell.processes, limit('processes'), process => process.cpuMs),
    ...(cell.containers && {
      containers: largest(cell.containers, limit('containers'), one => one.growthBytes),
    }),
    ...(cell.requests && {
      requests: largest(cell.requests, limit('requests'), request => request.totalMs),
    }),
    ...(cell.lockWaits && {
      lockWaits: largest(cell.lockWaits, limit('lockWaits'), wait => wait.waitMs),
    }),
  };
}

/** The same moments, by the places of the lines that are kept. */
function renumbered(hotLines: HotLines, all: readonly Line[], kept: readonly Line[]): HotLines {
  const places = new Map(kept.map((line, place) => [line, place]));
  return {
    ...hotLines,
    lines: hotLines.lines.map(index => {
      const line = all[index];
      return (line && places.get(line)) ?? -1;
    }),
  };
}

function withoutSmallCallees(line: Line): Line {
  const { callees, ...rest } = line;
  const kept = (callees ?? [])
    .filter(callee => callee.ms >= line.selfMs * CALLEE_SHARE)
    .slice(0, CALLEES);
  return kept.length > 0 ? { ...rest, callees: kept } : rest;
}

function compactFinding(finding: Finding): Finding {
  const evidence = Object.entries(finding.evidence).map(
    ([name, value]) => [name, typeof value === 'string' ? clip(value) : value] as const,
  );
  return {
    ...finding,
    ...(finding.example !== undefined && { example: clip(finding.example, EXAMPLE_LENGTH) }),
    evidence: Object.fromEntries(evidence),
  };
}

const clip = (text: string, length = STATEMENT_LENGTH): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text;

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
