/** Questions to a syntax tree: which loop repeats a node, which names change in it, who calls a function. */
import type { Node } from 'web-tree-sitter';

const COMPREHENSIONS = [
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
];
const SCOPES = ['function_definition', 'lambda', 'class_definition', 'module'];
const STATEMENT = /(_statement|^assignment|^augmented_assignment|_definition)$/;

export interface Loop {
  /** The whole statement or comprehension. */
  readonly node: Node;
  /** What is assigned each turn, as written; empty for `while`. */
  readonly variable: string;
  readonly variables: ReadonlySet<string>;
  /** What it goes over, as written. */
  readonly iterable: string;
  readonly iterableNode: Node | null;
}

/** The innermost loop that repeats the node, within the same function. */
export function loopAround(node: Node): Loop | undefined {
  for (let [child, parent] = [node, node.parent]; parent; child = parent, parent = parent.parent) {
    if (SCOPES.includes(parent.type)) return undefined;
    const loop = loopRepeating(parent, child);
    if (loop) return loop;
  }
  return undefined;
}

/** The loop that goes over the node, or over what stands around it: `tqdm(df.iterrows())`. */
export function loopOver(node: Node): Loop | undefined {
  for (let [child, parent] = [node, node.parent]; parent; child = parent, parent = parent.parent) {
    if (SCOPES.includes(parent.type) || parent.type === 'block') return undefined;
    const isIterable = parent.childForFieldName('right')?.id === child.id;
    if (parent.type === 'for_statement') return isIterable ? forLoop(parent, parent) : undefined;
    if (parent.type === 'for_in_clause')
      return isIterable && parent.parent ? forLoop(parent.parent, parent) : undefined;
  }
  return undefined;
}

function loopRepeating(parent: Node, child: Node): Loop | undefined {
  if (parent.type === 'while_statement')
    return {
      node: parent,
      variable: '',
      variables: new Set(),
      iterable: parent.childForFieldName('condition')?.text ?? '',
      iterableNode: null,
    };
  if (parent.type === 'for_statement')
    return parent.childForFieldName('body')?.id === child.id ? forLoop(parent, parent) : undefined;
  if (!COMPREHENSIONS.includes(parent.type)) return undefined;
  const clauses = parent.namedChildren.filter(part => part?.type === 'for_in_clause');
  // The first clause's iterable is evaluated once; a later one's once for each turn of the first.
  if (clauses[0]?.id === child.id) return undefined;
  const clause = clauses[0];
  const last = clauses.at(-1);
  const inner = child.type === 'for_in_clause' ? clause : last;
  return inner ? forLoop(parent, inner) : undefined;
}

function forLoop(node: Node, clause: Node): Loop {
  const left = clause.childForFieldName('left');
  const right = clause.childForFieldName('right');
  return {
    node,
    variable: left?.text ?? '',
    variables: new Set(left ? namesIn(left) : []),
    iterable: right?.text ?? '',
    iterableNode: right,
  };
}

/** The function in whose body the node stands. */
export function functionAround(node: Node): Node | undefined {
  for (let parent = node.parent; parent; parent = parent.parent)
    if (parent.type === 'function_definition') return parent;
  return undefined;
}

export const parametersOf = (definition: Node): string[] =>
  (definition.childForFieldName('parameters')?.namedChildren ?? []).flatMap(parameter => {
    if (!parameter) return [];
    if (parameter.type === 'identifier') return [parameter.text];
    const name = parameter.childForFieldName('name') ?? parameter.namedChildren[0];
    return name?.type === 'identifier' ? [name.text] : [];
  });

/** The statement that the node is part of; of a `for` or `if` around it, only the node's own lines. */
export function statementOf(node: Node): Node {
  let at = node;
  for (let parent = node.parent; parent; parent = parent.parent) {
    if (parent.type === 'block' || parent.type === 'module') return at;
    if (STATEMENT.test(parent.type) && parent.childForFieldName('body')) return at;
    if (
      /^(if_statement|while_statement|with_statement|with_clause|elif_clause|match_statement)$/.test(
        parent.type,
      )
    )
      return at;
    at = parent;
  }
  return at;
}

/** Names that are read in it: no attributes, no keywords of calls. */
export function namesIn(node: Node): string[] {
  if (node.type === 'identifier') return [node.text];
  return node.namedChildren.flatMap(child => {
    if (!child) return [];
    if (node.type === 'attribute' && node.childForFieldName('attribute')?.id === child.id)
      return [];
    if (node.type === 'keyword_argument' && node.childForFieldName('name')?.id === child.id)
      return [];
    return namesIn(child);
  });
}

/** Places where a function of this name is called, methods included. */
export function callsOf(name: string, root: Node): Node[] {
  return root.descendantsOfType('call').flatMap(call => {
    const called = call?.childForFieldName('function');
    const called_ = called?.type === 'attribute' ? called.childForFieldName('attribute') : called;
    return call && called_?.text === name ? [call] : [];
  });
}

/** What stands in a call for a parameter; undefined when it is left out or unpacked. */
export function argumentFor(
  call: Node,
  parameters: readonly string[],
  name: string,
): Node | undefined {
  const given = call.childForFieldName('arguments')?.namedChildren ?? [];
  for (const argument of given)
    if (argument?.type === 'keyword_argument' && argument.childForFieldName('name')?.text === name)
      return argument.childForFieldName('value') ?? undefined;
  // A method's own object is not among the arguments.
  const isMethod = parameters[0] === 'self' || parameters[0] === 'cls';
  const at = parameters.indexOf(name) - (isMethod ? 1 : 0);
  const found = at >= 0 ? given[at] : undefined;
  return found && found.type !== 'keyword_argument' ? found : undefined;
}
