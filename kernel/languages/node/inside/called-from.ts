/** Which lines of a function the calls of another came from. Pure. */
import { isOwnLine } from './call-sites.ts';
import type { SeenCalls } from './look.ts';
import { totalUs, type TreeNode } from './profile-tree.ts';
import type { KnownScript, Place } from './scripts.ts';

export type LineParts = readonly (readonly [line: number, part: number])[];

export interface Calls {
  /** Lines of the caller's script and the part of the callee's time for each; the parts sum to 1. Line 0: unknown. */
  readonly parts: LineParts;
  /** Functions that the callee called and that stand in the text of one of these calls, by its line. */
  readonly handed: ReadonlyMap<TreeNode, number>;
}

/** @param callee below `caller` in the tree. */
export function calledFrom(
  script: KnownScript,
  caller: TreeNode,
  callee: TreeNode,
  calleePlace: Place,
  calls: SeenCalls,
): Calls {
  const { call } = callee;
  const children = [...callee.children.values()];
  const at = placeOf(caller);
  const candidates = (node: TreeNode): number[] =>
    script.sites?.candidates(
      at,
      node.call.functionName,
      node.call.scriptId === caller.call.scriptId ? placeOf(node) : undefined,
    ) ?? [];
  const handed = new Map<TreeNode, number>();
  for (const child of children) {
    const line = script.sites?.handedAt(at, placeOf(child));
    if (child.call.scriptId === caller.call.scriptId && line !== undefined) handed.set(child, line);
  }
  let lines = candidates(callee);
  if (call.url === '' && lines.length !== 1) {
    // A method of the engine that calls back does little else.
    if (handed.size > 0)
      return {
        parts: partsOf([...handed].map(([child, line]) => [line, Math.max(1, totalUs(child))])),
        handed,
      };
    // Or it stands for what it calls, as `consoleCall` does for `log`.
    if (lines.length === 0) lines = [...new Set(children.flatMap(candidates))];
  }
  return { parts: partsAmong(lines, script, caller, callee, calleePlace, calls), handed };
}

function partsAmong(
  named: readonly number[],
  script: KnownScript,
  caller: TreeNode,
  callee: TreeNode,
  calleePlace: Place,
  calls: SeenCalls,
): LineParts {
  const own = ownLinesOf(script, caller);
  const seen = own(calls.lines(script.info.script, caller.call.functionName, calleePlace));
  // A call that the text does not tell was seen: a proxy's trap, a setter, a function by another name.
  const lines = seen.some(([line]) => !named.includes(line)) ? [] : named;
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
 * @returns lines of the function's script and the part of that time for each.
 */
export function ranFrom(script: KnownScript, caller: TreeNode, calls: SeenCalls): LineParts {
  const own = ownLinesOf(script, caller);
  const places = own(calls.places(script.info.script, caller.call.functionName));
  return partsOf(places.length > 0 ? places : own(caller.lineUs));
}

const placeOf = ({ call }: TreeNode): { readonly line: number; readonly column: number } => ({
  line: call.lineNumber,
  column: call.columnNumber,
});

type LineWeight = readonly [line: number, us: number];

/**
 * Weights of those lines alone that are the function's own.
 *
 * Functions may share a name, as all without one do, and a node counts lines of what was inlined into it.
 */
export function ownLinesOf(
  script: KnownScript,
  caller: TreeNode,
): (weights: ReadonlyMap<number, number>) => readonly LineWeight[] {
  const { sites } = script;
  const range = sites?.linesOf(placeOf(caller));
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
