/** Whether an expression gives the same in each turn of a loop, as far as its text tells. */
import type { RuleContext } from './context.ts';
import { changedPaths, isChanged, pathsIn } from './syntax/changes.ts';
import {
  argumentFor,
  callsOf,
  functionAround,
  loopAround,
  parametersOf,
  type Loop,
} from './syntax/scopes.ts';
import type { Node } from './syntax/syntax.ts';

/** Calls that give another value each time, or whose effect is what they are for. */
const IMPURE =
  /\b(random|rand|randn|randint|randrange|integers|normal|uniform|dirichlet|choices?|shuffle|sample|permutation|rng\w*|seed|next|read\w*|recv|get|post|put|request\w*|urlopen|execute\w*|fetch\w*|commit|sleep|time|now|today|utcnow|perf_counter|monotonic|uuid\d?|input|print|write\w*|save\w*|append|extend|add|update|pop\w*|insert|remove|clear|setdefault|send|open|close|join|start|submit|step|backward|train|zero_grad|fit\w*|plot|scatter|draw|show|display|figure|subplots?|savefig|timed|lock|acquire|release|log|info|debug|warning|error|Thread|Process|Lock|Queue)\s*\(/;
/** A new object each time, because each turn fills its own. */
const FRESH =
  /^(np|numpy|torch|pd|copy|collections)?\.?(zeros\w*|ones\w*|empty\w*|full\w*|list|dict|set|deque|Counter|defaultdict|DataFrame|Series|array|tensor|deepcopy|copy)\(|\.(copy|clone)\(\)$/;

export function isInvariant(
  node: Node,
  loop: Loop | undefined,
  acrossCalls: boolean,
  context: RuleContext,
): boolean {
  const text = withoutStrings(node);
  if (IMPURE.test(text) || FRESH.test(text)) return false;
  const paths = pathsIn(node);
  if (paths.length === 0) return node.type === 'string';
  // Who names the turn `_` repeats on purpose: to time it, or to draw again.
  if (loop?.variable === '_') return false;
  if (loop && !changesIn(paths, loop)) return true;
  return acrossCalls && isSameAtEveryCall(node, paths, context);
}

const withoutStrings = (node: Node): string => node.text.replace(/(["'])(?:(?!\1).)*\1/g, '""');

function changesIn(paths: readonly string[], loop: Loop): boolean {
  const changed = new Set([...changedPaths(loop.node), ...loop.variables]);
  return paths.some(path => isChanged(path, changed));
}

/** Where the function around is called from. */
export function callersOf(node: Node, { roots }: RuleContext): Node[] {
  const definition = functionAround(node);
  const name = definition?.childForFieldName('name')?.text;
  if (!definition || name === undefined) return [];
  return roots
    .flatMap(root => callsOf(name, root))
    .filter(call => functionAround(call)?.id !== definition.id);
}

/** It depends on the variable of a loop around, or on what a loop passes to the function around. */
export function usesAnyLoop(node: Node, context: RuleContext): boolean {
  const names = pathsIn(node).map(path => path.split('.')[0] ?? path);
  for (let loop = loopAround(node); loop; loop = loopAround(loop.node)) {
    const { variables } = loop;
    if (names.some(name => variables.has(name))) return true;
  }
  const definition = functionAround(node);
  if (!definition) return false;
  const parameters = parametersOf(definition);
  const passed = names.filter(name => parameters.includes(name));
  return callersOf(node, context).some(call => {
    const loop = loopAround(call);
    return passed.some(parameter => {
      const argument = argumentFor(call, parameters, parameter);
      return argument && pathsIn(argument).some(path => loop && isChanged(path, loop.variables));
    });
  });
}

/** Its values come in by parameters of the function around, which is called in loops, always with the same. */
function isSameAtEveryCall(node: Node, paths: readonly string[], context: RuleContext): boolean {
  const definition = functionAround(node);
  const body = definition?.childForFieldName('body');
  if (!definition || !body) return false;
  const parameters = parametersOf(definition);
  const changed = changedPaths(body);
  if (paths.some(path => isChanged(path, changed))) return false;
  const roots = paths.map(path => path.split('.')[0] ?? path);
  // Of `self` nobody knows whether it is the same.
  if (roots.includes('self')) return false;
  const passed = roots.filter(root => parameters.includes(root));
  if (passed.length === 0) return false;
  const calls = callersOf(node, context);
  return calls.length > 0 && calls.every(call => passesTheSame(call, parameters, passed));
}

function passesTheSame(
  call: Node,
  parameters: readonly string[],
  passed: readonly string[],
): boolean {
  const loop = loopAround(call);
  if (!loop) return false;
  return passed.every(parameter => {
    const argument = argumentFor(call, parameters, parameter);
    return argument !== undefined && !changesIn(pathsIn(argument), loop);
  });
}

/** Set before the loop, and in it only from itself: what a turn leaves, the next one finds. */
export function isCarried(node: Node, loop: Loop | undefined, context: RuleContext): boolean {
  const [path, ...more] = pathsIn(node);
  if (path === undefined || more.length > 0) return false;
  if (!loop) return isSameAtEveryCall(node, [path], context);
  if (isChanged(path, loop.variables)) return false;
  return loop.node
    .descendantsOfType('assignment')
    .filter(assignment => assignment?.childForFieldName('left')?.text === path)
    .every(assignment => {
      const value = assignment?.childForFieldName('right');
      return value ? pathsIn(value).some(used => used === path) : false;
    });
}

/** Whether the loop is itself repeated: by a loop around it, a second `for` of a comprehension, or its function's callers. */
export function isNested(loop: Loop, context: RuleContext): boolean {
  if (loop.node.namedChildren.filter(part => part?.type === 'for_in_clause').length > 1)
    return true;
  if (loopAround(loop.node)) return true;
  const name = functionAround(loop.node)?.childForFieldName('name')?.text;
  return (
    name !== undefined &&
    context.roots.flatMap(root => callsOf(name, root)).some(call => loopAround(call) !== undefined)
  );
}
