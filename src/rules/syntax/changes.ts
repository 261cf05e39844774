/** Which values a stretch of code changes, by the way to them: `self.cache`, `rows`. */
import type { Node } from 'web-tree-sitter';

/** Methods that change what they are called on. */
const MUTATES =
  /^(append|appendleft|extend|insert|add|update|pop|popleft|popitem|remove|discard|clear|sort|reverse|setdefault|write|push|put|fill|resize|fit|partial_fit|step|load_state_dict|execute)$/;

/** Ways to the values that are read in it; a method's name is the last part of its way. */
export function pathsIn(node: Node): string[] {
  const path = pathOf(node);
  if (path !== undefined) return [path];
  const name = node.type === 'keyword_argument' ? node.childForFieldName('name') : null;
  const attribute = node.type === 'attribute' ? node.childForFieldName('attribute') : null;
  return node.namedChildren.flatMap(child =>
    child && child.id !== name?.id && child.id !== attribute?.id ? pathsIn(child) : [],
  );
}

/** `a.b.c` as written; undefined for anything that is no plain way. */
function pathOf(node: Node): string | undefined {
  if (node.type === 'identifier') return node.text;
  if (node.type !== 'attribute') return undefined;
  const object = node.childForFieldName('object');
  const owner = object ? pathOf(object) : undefined;
  const attribute = node.childForFieldName('attribute')?.text ?? '';
  return owner === undefined ? undefined : `${owner}.${attribute}`;
}

/** Ways to values that are replaced in it, or changed in place. */
export function changedPaths(node: Node): Set<string> {
  const paths = new Set<string>();
  const visit = (at: Node): void => {
    for (const target of targetsOf(at)) addTarget(target, paths);
    for (const child of at.namedChildren) if (child) visit(child);
  };
  visit(node);
  return paths;
}

function targetsOf(node: Node): (Node | null | undefined)[] {
  switch (node.type) {
    case 'assignment':
    case 'augmented_assignment':
    case 'for_statement':
    case 'for_in_clause':
      return [node.childForFieldName('left')];
    case 'named_expression':
      return [node.childForFieldName('name')];
    case 'as_pattern':
      return [node.namedChildren.at(-1)];
    case 'delete_statement':
      return node.namedChildren;
    case 'call': {
      const called = node.childForFieldName('function');
      const method = called?.childForFieldName('attribute')?.text ?? '';
      return MUTATES.test(method) ? [called?.childForFieldName('object')] : [];
    }
    default:
      return [];
  }
}

function addTarget(target: Node | null | undefined, paths: Set<string>): void {
  if (!target) return;
  const path = pathOf(target);
  if (path !== undefined) paths.add(path);
  // `rows[i] = x` changes rows.
  else if (target.type === 'subscript') addTarget(target.childForFieldName('value'), paths);
  else for (const child of target.namedChildren) addTarget(child, paths);
}

/** Whether a value is another one after these changes: `a.b` is, when `a`, `a.b` or `a.b.c` changed. */
export function isChanged(path: string, changed: ReadonlySet<string>): boolean {
  for (const other of changed)
    if (path === other || path.startsWith(`${other}.`) || other.startsWith(`${path}.`)) return true;
  return false;
}
