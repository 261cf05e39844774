/**
 * Time of functions that V8 inlined, given back to them. Pure.
 *
 * For a sample in optimized code V8 names the outermost function, but tells the line of the innermost one. A line that is
 * not the function's own belongs to the function below it in the tree in which it stands: V8 saw that one there as well,
 * before it inlined it, or when it was called from further inside. Where none or more than one fits, nothing is moved; a
 * line that the function's script does not have at all is one of Node's own files.
 */
import { isOwnLine, type LineRange } from './call-sites.ts';
import type { TreeNode } from './profile-tree.ts';
import type { KnownScript, Place } from './scripts.ts';

/** Time at a line of a node's script, which V8 counted at another node. */
export interface MovedTime {
  readonly line: number;
  readonly us: number;
  readonly countedAt: TreeNode;
}

export interface StayingTime {
  readonly lines: readonly (readonly [line: number, us: number])[];
  /** Of Node's functions. */
  readonly ofNodeUs: number;
}

/** V8 does not inline deeper in practice. */
const DEPTH = 6;

export class InlinedTime {
  readonly #moved = new Map<TreeNode, MovedTime[]>();
  /** A node is visited once for each line that called it. */
  readonly #staying = new Map<TreeNode, StayingTime>();

  constructor(private readonly placeOf: (node: TreeNode) => Place) {}

  /** What stays at the node; to be asked before `movedTo` of the nodes below. */
  staysAt(tree: TreeNode, script: KnownScript): StayingTime {
    const known = this.#staying.get(tree) ?? this.#divide(tree, script);
    this.#staying.set(tree, known);
    return known;
  }

  movedTo(tree: TreeNode): readonly MovedTime[] {
    return this.#moved.get(tree) ?? [];
  }

  #divide(tree: TreeNode, script: KnownScript): StayingTime {
    const own = linesOf(tree, script);
    const lines: [number, number][] = [];
    let ofNodeUs = 0;
    for (const [line, us] of tree.lineUs) {
      const isOwn = own === undefined || isOwnLine(script.sites, own, line);
      const owner = isOwn
        ? undefined
        : (this.#ownerOf(tree, script, line) ?? this.#ownerOf(tree, undefined, line, own));
      if (owner !== undefined) {
        const moved = this.#moved.get(owner) ?? [];
        this.#moved.set(owner, moved);
        moved.push({ line, us, countedAt: tree });
      } else if (isOwn || script.sourceLine(line) > 0) lines.push([line, us]);
      else ofNodeUs += us;
    }
    return { lines, ofNodeUs };
  }

  /**
   * The nearest node below in whose function the line stands.
   * @param script where to look for it; undefined: in others, unless the line could be the function's own.
   */
  #ownerOf(
    tree: TreeNode,
    script: KnownScript | undefined,
    line: number,
    own?: LineRange,
  ): TreeNode | undefined {
    if (own && own.first <= line && line <= own.last) return undefined;
    const self = this.placeOf(tree).script;
    let level: TreeNode[] = [tree];
    for (let depth = 0; depth < DEPTH && level.length > 0; depth++) {
      level = level.flatMap(node => [...node.children.values()]);
      const found = level.filter(node => {
        const its = this.placeOf(node).script;
        if (its === undefined || (script ? its !== script : its === self)) return false;
        const range = linesOf(node, its);
        return range !== undefined && isOwnLine(its.sites, range, line);
      });
      if (found.length > 0) return found.length === 1 ? found[0] : undefined;
    }
    return undefined;
  }
}

const linesOf = ({ call }: TreeNode, script: KnownScript): LineRange | undefined =>
  script.sites?.linesOf({ line: call.lineNumber, column: call.columnNumber });
