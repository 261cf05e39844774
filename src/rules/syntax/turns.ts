/** How often a loop turns, where its text and the profile tell. */
import type { Variable } from '../../profile/index.ts';
import type { Node } from 'web-tree-sitter';
import { functionAround, parametersOf, type Loop } from './scopes.ts';

/** @returns undefined when nobody knows. */
export function turnsOf(loop: Loop, variables: ReadonlyMap<string, Variable>): number | undefined {
  return loop.iterableNode ? itemsOf(loop.iterableNode, variables, 0) : undefined;
}

const WRAPPERS = /^(enumerate|tqdm|trange|sorted|reversed|list|tuple|set|zip|iter)$/;

function itemsOf(
  node: Node,
  variables: ReadonlyMap<string, Variable>,
  depth: number,
): number | undefined {
  if (depth > 4) return undefined;
  switch (node.type) {
    case 'list':
    case 'tuple':
    case 'set':
    case 'dictionary':
      return node.namedChildren.some(child => child?.type.includes('splat'))
        ? undefined
        : node.namedChildCount;
    case 'integer':
      return Number(node.text.replaceAll('_', ''));
    case 'identifier':
      return itemsOfName(node, variables, depth);
    case 'call': {
      const name = node.childForFieldName('function')?.text ?? '';
      const given = (node.childForFieldName('arguments')?.namedChildren ?? []).filter(
        argument => argument && argument.type !== 'keyword_argument',
      );
      const [first, second] = given;
      if (name === 'range') {
        const from = second && first ? valueOf(first, variables, depth) : 0;
        const to = second ?? first;
        const end = to ? valueOf(to, variables, depth) : undefined;
        return end === undefined || from === undefined ? undefined : Math.max(0, end - from);
      }
      return WRAPPERS.test(name) && first ? itemsOf(first, variables, depth + 1) : undefined;
    }
    default:
      return undefined;
  }
}

/** A number: a literal, a constant of this text, or `len(x)`. */
function valueOf(
  node: Node,
  variables: ReadonlyMap<string, Variable>,
  depth: number,
): number | undefined {
  if (node.type === 'integer') return Number(node.text.replaceAll('_', ''));
  if (node.type === 'identifier') {
    const value = constantOf(node);
    return value && depth < 4 ? valueOf(value, variables, depth + 1) : undefined;
  }
  const argument =
    node.type === 'call' && node.childForFieldName('function')?.text === 'len'
      ? node.childForFieldName('arguments')?.namedChildren[0]
      : undefined;
  return argument ? itemsOf(argument, variables, depth + 1) : undefined;
}

function itemsOfName(
  node: Node,
  variables: ReadonlyMap<string, Variable>,
  depth: number,
): number | undefined {
  const constant = constantOf(node);
  if (constant && /^(list|tuple|set|dictionary)$/.test(constant.type)) {
    const items = itemsOf(constant, variables, depth + 1);
    // An empty one is filled later.
    if (items) return items;
  }
  // The profile's variables are those of the notebook: a parameter of the same name is another.
  if (isParameter(node)) return undefined;
  const shape = variables.get(node.text)?.shape;
  const digits = shape && /^[\d,.\s]*\d/.exec(shape)?.[0].replace(/[,\s]/g, '');
  return digits ? Number(digits) : undefined;
}

function isParameter(name: Node): boolean {
  for (let around = functionAround(name); around; around = functionAround(around))
    if (parametersOf(around).includes(name.text)) return true;
  return false;
}

/** What is assigned to the name, where that is done exactly once in the text. */
export function constantOf(name: Node): Node | undefined {
  const assignments = name.tree.rootNode.descendantsOfType('assignment').filter(assignment => {
    const left = assignment?.childForFieldName('left');
    return left?.type === 'identifier' && left.text === name.text;
  });
  const [only] = assignments;
  return assignments.length === 1 ? (only?.childForFieldName('right') ?? undefined) : undefined;
}
