/** The conditions of a rule beyond its query: what the loop, the names and the profile say. */
import { lineKey, type RangeHeat } from '../analysis/index.ts';
import type { RuleContext } from './context.ts';
import { isCarried, isInvariant, isNested, usesAnyLoop } from './invariant.ts';
import type { Match } from './rule.ts';
import { loopAround, namesIn, statementOf, type Loop } from './syntax/scopes.ts';
import type { Node } from './syntax/syntax.ts';
import { constantOf, turnsOf } from './syntax/turns.ts';

export interface Place {
  readonly match: Match;
  readonly captures: ReadonlyMap<string, Node>;
  readonly place: Node;
  readonly loop: Loop | undefined;
  readonly range: RangeHeat;
  readonly context: RuleContext;
}

export function fits(at: Place): boolean {
  const { match, place, range, context } = at;
  if (match.without !== undefined && new RegExp(match.without).test(place.text)) return false;
  if (match.maxCores !== undefined && usesCores(match.maxCores, range, context)) return false;
  return turnsOften(at) && loopFits(at) && namesFit(at);
}

/** A loop of few turns is no problem, unless a loop around it has more. */
function turnsOften({ match, loop, context }: Place): boolean {
  if (!loop || match.stands === 'anywhere') return true;
  const turns = turnsOf(loop, context.variables);
  return turns === undefined || turns >= match.minTurns || loopAround(loop.node) !== undefined;
}

function loopFits({ match, captures, loop, context }: Place): boolean {
  const named = (names: readonly string[]) => names.flatMap(name => captures.get(name) ?? []);
  if (match.nested && !(loop && isNested(loop, context))) return false;
  return (
    named(match.usesLoopVariable).every(node =>
      namesIn(node).some(name => loop?.variables.has(name)),
    ) &&
    named(match.usesAnyLoop).every(node => usesAnyLoop(node, context)) &&
    named(match.carried).every(node => isCarried(node, loop, context)) &&
    named(match.invariant).every(node => isInvariant(node, loop, match.acrossCalls, context))
  );
}

function namesFit({ match, captures, range, context }: Place): boolean {
  const all = <T>(wanted: Readonly<Record<string, T>>, holds: (node: Node, value: T) => boolean) =>
    Object.entries(wanted).every(([name, value]) => {
      const node = captures.get(name);
      return node !== undefined && holds(node, value);
    });
  const each = (names: readonly string[], holds: (node: Node) => boolean) =>
    all(Object.fromEntries(names.map(name => [name, true])), holds);
  return (
    all(match.types, (node, type) => hasType(node, new RegExp(type), context)) &&
    all(match.assigned, (node, value) => isAssigned(node, new RegExp(value), context)) &&
    Object.entries(match.notAssigned).every(([name, value]) => {
      const node = captures.get(name);
      return node === undefined || !isAssigned(node, new RegExp(value), context);
    }) &&
    all(match.lessThan, (node, limit) => (numberOf(node, context) ?? limit) < limit) &&
    each(match.isList, node => isList(node, context)) &&
    each(match.twice, node => isTwice(node, range, context))
  );
}

/** Unless the profile knows better. */
function hasType(node: Node, type: RegExp, { variables }: RuleContext): boolean {
  const known = node.type === 'identifier' ? variables.get(node.text)?.type : undefined;
  return known === undefined || type.test(known);
}

/** Anywhere: cells share their names. */
const isAssigned = (node: Node, value: RegExp, context: RuleContext): boolean =>
  valuesOf(node, context).some(text => value.test(text));

function valuesOf(node: Node, { roots }: RuleContext): string[] {
  return roots
    .flatMap(root => root.descendantsOfType(['assignment', 'augmented_assignment']))
    .filter(assignment => assignment?.childForFieldName('left')?.text === node.text)
    .map(assignment => assignment?.childForFieldName('right')?.text ?? '');
}

function isList(node: Node, context: RuleContext): boolean {
  const known = context.variables.get(node.text)?.type;
  if (known !== undefined) return known === 'list';
  const values = valuesOf(node, context);
  return (
    values.some(text => /^(\[|list\(|sorted\()/.test(text)) &&
    !values.some(text => /^(\{|set\(|frozenset\(|dict\()/.test(text))
  );
}

function numberOf(node: Node, context: RuleContext): number | undefined {
  const text = constantOf(node)?.text ?? valuesOf(node, context)[0];
  return text !== undefined && /^[\d_]+$/.test(text) ? Number(text.replaceAll('_', '')) : undefined;
}

/** Of a statement's time, the least that a call must have been to be worth saving. */
const MOST_OF = 0.5;

/** Two calls that look the same, and a function that most of the statement's time is in. */
function isTwice(call: Node, range: RangeHeat, context: RuleContext): boolean {
  const same = statementOf(call)
    .descendantsOfType('call')
    .filter(other => other?.text === call.text);
  // Twice the same in one statement is the same value, unless the call is made for its effect.
  if (same.length < 2 || !isInvariant(call, ONCE(call), false, context)) return false;
  const name = call.childForFieldName('function')?.text.split('.').at(-1) ?? '';
  const inOwn = range.totalMs - range.selfMs;
  const inLibrary = range.lines
    .flatMap(line => [...line.callees])
    .reduce((sum, [callee, ms]) => (callee.split(/[. ]/).at(-1) === name ? sum + ms : sum), 0);
  return inOwn + inLibrary >= MOST_OF * range.totalMs;
}

const ONCE = (node: Node): Loop => ({
  node,
  variable: '',
  variables: new Set(),
  iterable: '',
  iterableNode: null,
});

/** Of several cores, the cells in which these lines ran used more than so many. */
function usesCores(most: number, range: RangeHeat, { profile }: RuleContext): boolean {
  if (profile.environment.cpuCount < 2) return true;
  const keys = new Set(range.lines.map(line => lineKey(line.source)));
  const cells = profile.cells.filter(cell =>
    cell.lines.some(line => keys.has(lineKey(line.source))),
  );
  const sum = (measure: (cell: (typeof cells)[number]) => number) =>
    cells.reduce((total, cell) => total + measure(cell), 0);
  const wallMs = sum(cell => cell.wallTimeMs);
  return wallMs === 0 || sum(cell => cell.cpuUserMs + cell.cpuSystemMs) / wallMs > most;
}
