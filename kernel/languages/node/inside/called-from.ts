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
  if (lines.length === 1) return [[lines[0] ?? 0, 1]];
  const seen = calls.lines(script.info.script, caller.call.functionName, calleeName);
  const places = calls.places(script.info.script, caller.call.functionName);
  const range = script.sites?.linesOf(at);
  const own = [...places].filter(([line]) => !range || isOwnLine(script.sites, range, line));
  return weigh(lines, seen, new Map(own), caller.lineUs);
}

/**
 * Several lines may have called: those seen to call count as often as they were seen. Next best is where the function was
 * seen at all, then its own time, which grows with the number of calls. Without any the line stays unknown (0).
 */
function weigh(
  lines: readonly number[],
  seen: ReadonlyMap<number, number>,
  places: ReadonlyMap<number, number>,
  ownUs: ReadonlyMap<number, number>,
): LineParts {
  const among = (weights: ReadonlyMap<number, number>): [number, number][] =>
    [...weights].filter(([line, us]) => us > 0 && (lines.length === 0 || lines.includes(line)));
  const chosen = [seen, places, ownUs].map(among).find(found => found.length > 0);
  if (chosen === undefined) return [[0, 1]];
  const whole = chosen.reduce((sum, [, weight]) => sum + weight, 0);
  return chosen.map(([line, weight]) => [line, weight / whole]);
}
