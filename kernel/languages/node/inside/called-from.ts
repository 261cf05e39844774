/** Which lines of a function the calls of another came from. Pure. */
import { isOwnLine } from './call-sites.ts';
import type { SeenCalls } from './look.ts';
import type { TreeNode } from './profile-tree.ts';
import type { KnownScript } from './scripts.ts';

export type LineParts = readonly (readonly [line: number, part: number])[];

/**
 * @param callee below `caller` in the tree; `calleeName` as `Scripts.place` tells it.
 * @returns lines of the caller's script and the part of the callee's time for each; the parts sum to 1. Line 0: unknown.
 */
export function calledFrom(
  script: KnownScript,
  caller: TreeNode,
  callee: TreeNode,
  calleeName: string,
  calls: SeenCalls,
): LineParts {
  const { call } = callee;
  const isSameScript = call.scriptId === caller.call.scriptId;
  const at = { line: caller.call.lineNumber, column: caller.call.columnNumber };
  const candidates = (name: string, node: TreeNode): number[] =>
    script.sites?.candidates(
      at,
      name,
      node.call.scriptId === caller.call.scriptId
        ? { line: node.call.lineNumber, column: node.call.columnNumber }
        : undefined,
    ) ?? [];
  let lines = candidates(call.functionName, callee);
  // A method of the engine that calls back: where the callback stands tells which call it was.
  if (!isSameScript && call.url === '' && lines.length !== 1)
    for (const grandchild of callee.children.values()) {
      const handed = candidates(call.functionName, grandchild);
      if (handed.length === 1) lines = handed;
    }
  // Or it stands for what it calls, as `consoleCall` does for `log`.
  if (call.url === '' && lines.length === 0)
    lines = [
      ...new Set(
        [...callee.children.values()].flatMap(node => candidates(node.call.functionName, node)),
      ),
    ];
  const own = ownLinesOf(script, caller);
  const seen = own(calls.lines(script.info.script, caller.call.functionName, calleeName));
  // A call that the text does not tell was seen: a proxy's trap, a setter, a function by another name.
  if (seen.some(([line]) => !lines.includes(line))) lines = [];
  if (lines.length === 1) return [[lines[0] ?? 0, 1]];
  const among = (weights: readonly LineWeight[]): readonly LineWeight[] =>
    lines.length === 0 ? weights : weights.filter(([line]) => lines.includes(line));
  const places = among(own(calls.places(script.info.script, caller.call.functionName)));
  if (places.length === 0) return partsOf(among(own(caller.lineUs)));
  // Short calls are rarely met by a look: of the time in which none was, the caller's own line tells.
  const missedUs = Math.max(0, totalUs(callee) - sumOf(seen));
  return partsOf([
    ...seen,
    ...partsOf(places).map(([line, part]) => [line, part * missedUs] as const),
  ]);
}

/**
 * Which of its lines a function was on while it ran what no node of the tree stands for: functions of Node's that V8
 * inlined.
 * @returns as `calledFrom` does.
 */
export function ranFrom(script: KnownScript, caller: TreeNode, calls: SeenCalls): LineParts {
  const own = ownLinesOf(script, caller);
  const places = own(calls.places(script.info.script, caller.call.functionName));
  return partsOf(places.length > 0 ? places : own(caller.lineUs));
}

type LineWeight = readonly [line: number, us: number];

/** Functions may share a name, as all without one do, and a node counts lines of what was inlined into it. */
function ownLinesOf(
  script: KnownScript,
  { call }: TreeNode,
): (weights: ReadonlyMap<number, number>) => readonly LineWeight[] {
  const { sites } = script;
  const range = sites?.linesOf({ line: call.lineNumber, column: call.columnNumber });
  const isOwn = (line: number): boolean =>
    script.sourceLine(line) > 0 && (!range || isOwnLine(sites, range, line));
  return weights => [...weights].filter(([line, us]) => us > 0 && isOwn(line));
}

/** Weights of one line are added up. Without any the line stays unknown (0). */
function partsOf(weights: readonly LineWeight[]): LineParts {
  const whole = sumOf(weights);
  if (whole === 0) return [[0, 1]];
  const parts = new Map<number, number>();
  for (const [line, us] of weights) parts.set(line, (parts.get(line) ?? 0) + us / whole);
  return [...parts];
}

const sumOf = (weights: readonly LineWeight[]): number =>
  weights.reduce((sum, [, us]) => sum + us, 0);

function totalUs(node: TreeNode): number {
  let us = node.selfUs;
  for (const child of node.children.values()) us += totalUs(child);
  return us;
}
