/**
 * Marks where a profiled cell begins and ends to wait: `await x` becomes `await w(b(site), x)`.
 *
 * V8's profile says that the thread was idle, but not for whom. `b` notes the time before the operand is evaluated, so
 * that outer awaits come before inner ones; `w` returns its operand as it is. Nothing else of the program changes.
 */
import { parse, type Node } from 'acorn';
import { ancestor } from 'acorn-walk';
import type { MappedCode, Segment } from './source-lines.ts';

export interface AwaitSite {
  readonly sourceLine: number;
  readonly function: string;
  readonly firstLine: number;
}

interface Insertion {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

interface FunctionLike extends Node {
  readonly id?: { readonly name?: string } | null;
}

/** @returns the code unchanged when it awaits nothing, or cannot be parsed. */
export function markAwaits(
  mapped: MappedCode,
  names: { readonly begin: string; readonly wait: string; readonly firstId: number },
): { readonly mapped: MappedCode; readonly sites: readonly AwaitSite[] } {
  const unchanged = { mapped, sites: [] };
  if (!/\bawait\b/.test(mapped.code)) return unchanged;
  let tree: Node;
  try {
    tree = parse(mapped.code, {
      ecmaVersion: 'latest',
      locations: true,
      allowAwaitOutsideFunction: true,
      allowReturnOutsideFunction: true,
    });
  } catch {
    return unchanged;
  }
  const sites: AwaitSite[] = [];
  const insertions: Insertion[] = [];
  const lineAt = (line: number): number =>
    mapped.segments.slice(0, line).findLast(found => found.length > 0)?.[0]?.sourceLine ?? 0;
  ancestor(tree, {
    AwaitExpression: (node, _state, ancestors) => {
      const { argument } = node;
      const around = ancestors.findLast(found => /Function/.test(found.type)) as
        FunctionLike | undefined;
      const id = names.firstId + sites.length;
      sites.push({
        sourceLine: lineAt(node.loc?.start.line ?? 0),
        function: around === undefined ? '<module>' : nameOf(around, ancestors),
        firstLine: around === undefined ? 1 : lineAt(around.loc?.start.line ?? 0),
      });
      const [open, close] = argument.type === 'SequenceExpression' ? ['(', '))'] : ['', ')'];
      const { start, end } = argument.loc as NonNullable<Node['loc']>;
      insertions.push({ ...start, text: `${names.wait}(${names.begin}(${id}),${open}` });
      insertions.push({ ...end, text: close });
    },
  });
  if (sites.length === 0) return unchanged;
  return { mapped: inserted(mapped, insertions), sites };
}

function nameOf(around: FunctionLike, ancestors: readonly Node[]): string {
  if (around.id?.name !== undefined) return around.id.name;
  const parent = ancestors[ancestors.indexOf(around) - 1] as
    | (Node & {
        readonly key?: { readonly name?: string };
        readonly id?: { readonly name?: string };
      })
    | undefined;
  return parent?.key?.name ?? parent?.id?.name ?? '(anonymous)';
}

/** No insertion holds a line break, so that only columns move. */
function inserted(mapped: MappedCode, insertions: readonly Insertion[]): MappedCode {
  const lines = mapped.code.split('\n');
  const segments: Segment[][] = mapped.segments.map(line => [...line]);
  // From the back, so that earlier places stay. What closes at one place closes before anything opens there.
  const ordered = insertions
    .map((insertion, order) => ({ ...insertion, order }))
    .sort((a, b) => b.line - a.line || b.column - a.column || b.order - a.order);
  for (const { line, column, text } of ordered) {
    const before = lines[line - 1] ?? '';
    lines[line - 1] = before.slice(0, column) + text + before.slice(column);
    segments[line - 1] = (segments[line - 1] ?? []).map(segment =>
      segment.column >= column ? { ...segment, column: segment.column + text.length } : segment,
    );
  }
  return { ...mapped, code: lines.join('\n'), segments };
}
