/**
 * From which line a function called another: V8's profile has one node a function, without the line of the call.
 *
 * The program's text tells the candidates: calls by the callee's name, and calls that are handed the callee as a function
 * literal. Stacks that were looked at while the cell ran (`look.ts`) decide where there is more than one.
 */
import { parse, type Function, type Node, type Position } from 'acorn';
import { fullAncestor } from 'acorn-walk';

interface CallSite {
  readonly name: string;
  /** Of the callee's name, in the script, counted from 1. */
  readonly line: number;
  readonly node: Node;
  /** Of a function around it: what is called has any name. */
  readonly isOfParameter: boolean;
}

interface FunctionRange {
  readonly node: Node;
  readonly sites: CallSite[];
}

export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** Methods through which a regular expression is run by the engine. */
const REGEXP_METHODS = new Set([
  'test',
  'exec',
  'match',
  'matchAll',
  'replace',
  'replaceAll',
  'search',
  'split',
]);

export class CallSites {
  readonly #functions: readonly FunctionRange[];
  readonly #lineStarts: readonly number[];

  private constructor(functions: readonly FunctionRange[], lineStarts: readonly number[]) {
    this.#functions = functions;
    this.#lineStarts = lineStarts;
  }

  /** @returns undefined for a text that cannot be parsed. */
  static of(code: string): CallSites | undefined {
    let tree: Node;
    try {
      tree = parse(code, {
        ecmaVersion: 'latest',
        locations: true,
        allowAwaitOutsideFunction: true,
        allowReturnOutsideFunction: true,
        allowHashBang: true,
      });
    } catch {
      return undefined;
    }
    const functions = new Map<Node, FunctionRange>([[tree, { node: tree, sites: [] }]]);
    const rangeOf = (node: Node): FunctionRange => {
      const known = functions.get(node) ?? { node, sites: [] };
      functions.set(node, known);
      return known;
    };
    fullAncestor(tree, (node, _state, ancestors) => {
      if (isFunction(node)) rangeOf(node);
      const site = siteOf(node);
      if (!site) return;
      const around = ancestors.filter(isFunction);
      const isOfParameter = around.some(one => hasParameter(one, site.name));
      rangeOf(around.at(-1) ?? tree).sites.push({ ...site, isOfParameter });
    });
    // Innermost first: the shorter one of two that contain a place.
    const inner = [...functions.values()].sort((a, b) => length(a.node) - length(b.node));
    const lineStarts = [0];
    for (let at = code.indexOf('\n'); at >= 0; at = code.indexOf('\n', at + 1))
      lineStarts.push(at + 1);
    return new CallSites(inner, lineStarts);
  }

  /**
   * Lines, counted from 1, from which the function at `caller` may call.
   * @param caller and callee: places as V8 tells them, counted from 0; callee only when it is in the same script.
   */
  candidates(
    caller: { readonly line: number; readonly column: number },
    calleeName: string,
    callee: { readonly line: number; readonly column: number } | undefined,
  ): number[] {
    const around = this.#functionAt(this.#offset(caller));
    if (around === undefined) return [];
    const handed = callee && this.handedAt(caller, callee);
    if (handed !== undefined) return [handed];
    const named = around.sites.filter(site => matches(site, calleeName));
    // V8's own entries, such as the collector's, are called from nowhere.
    const unnamed = calleeName.startsWith('(')
      ? []
      : around.sites.filter(site => site.isOfParameter);
    return [...new Set((named.length > 0 ? named : unnamed).map(site => site.line))];
  }

  /** The line of the call in whose text a function stands; undefined: it was handed to none. Places as in `candidates`. */
  handedAt(
    caller: { readonly line: number; readonly column: number },
    callback: { readonly line: number; readonly column: number },
  ): number | undefined {
    const defined = this.#functionAt(this.#offset(callback));
    return this.#functionAt(this.#offset(caller))
      ?.sites.filter(site => defined !== undefined && isWithin(defined.node, site.node))
      .sort((a, b) => length(a.node) - length(b.node))[0]?.line;
  }

  /** Lines, counted from 1, of the function at a place that counts from 0; undefined outside of any. */
  linesOf(place: { readonly line: number; readonly column: number }): LineRange | undefined {
    const around = this.#functionAt(this.#offset(place))?.node;
    return around?.loc ? { first: around.loc.start.line, last: around.loc.end.line } : undefined;
  }

  /** The first line of a function counts for the one around it too. */
  isOfInner(outer: LineRange, line: number): boolean {
    return this.#functions.some(
      ({ node }) =>
        node.loc &&
        node.loc.start.line >= outer.first &&
        node.loc.end.line <= outer.last &&
        (node.loc.start.line > outer.first || node.loc.end.line < outer.last) &&
        node.loc.start.line < line &&
        line <= node.loc.end.line,
    );
  }

  #functionAt(offset: number): FunctionRange | undefined {
    return this.#functions.find(({ node }) => contains(node, offset));
  }

  #offset({ line, column }: { readonly line: number; readonly column: number }): number {
    return (this.#lineStarts[line] ?? 0) + column;
  }
}

/** Whether a line is in a function and in none inside it. */
export const isOwnLine = (sites: CallSites | undefined, own: LineRange, line: number): boolean =>
  own.first <= line && line <= own.last && sites?.isOfInner(own, line) !== true;

function siteOf(node: Node): Omit<CallSite, 'isOfParameter'> | undefined {
  const callee = (node as Node & { readonly callee?: Node; readonly tag?: Node }).callee;
  const called = callee ?? (node.type === 'TaggedTemplateExpression' ? tagOf(node) : undefined);
  if (called !== undefined) {
    const { name, place } = nameOf(called);
    return { name, line: place?.line ?? 0, node };
  }
  const { name, place } = nameOf(node);
  const isRead = node.type === 'MemberExpression' || (node.type === 'Identifier' && isGetter(name));
  return isRead && name !== '' ? { name: `get ${name}`, line: place?.line ?? 0, node } : undefined;
}

/** Some of Node's globals, such as `performance`, are made when they are first read. */
const isGetter = (name: string): boolean =>
  Object.getOwnPropertyDescriptor(globalThis, name)?.get !== undefined;

const tagOf = (node: Node): Node | undefined => (node as Node & { readonly tag?: Node }).tag;

interface Named extends Node {
  readonly name?: string;
  readonly property?: Named;
  readonly computed?: boolean;
  readonly expression?: Named;
  readonly expressions?: readonly Named[];
}

/** `b` of `a.b(…)`, of `(0, x.b)(…)` and of `b(…)`. */
function nameOf(node: Named): { readonly name: string; readonly place: Position | undefined } {
  switch (node.type) {
    case 'Identifier':
    case 'PrivateIdentifier':
      return { name: node.name ?? '', place: node.loc?.start };
    case 'MemberExpression':
      return node.computed === true || node.property === undefined
        ? { name: '', place: node.property?.loc?.start ?? node.loc?.end }
        : nameOf(node.property);
    case 'ChainExpression':
      return node.expression ? nameOf(node.expression) : { name: '', place: node.loc?.end };
    case 'SequenceExpression': {
      const last = node.expressions?.at(-1);
      return last ? nameOf(last) : { name: '', place: node.loc?.end };
    }
    case 'Super':
      return { name: 'super', place: node.loc?.start };
    default:
      return { name: '', place: node.loc?.end };
  }
}

function matches(site: CallSite, calleeName: string): boolean {
  if (site.name === '') return false;
  if (calleeName.startsWith('RegExp')) return REGEXP_METHODS.has(site.name);
  // What makes such a global has no other name.
  if (calleeName === 'get') return site.node.type === 'Identifier' && site.name.startsWith('get ');
  if (calleeName.startsWith('get ') || calleeName.startsWith('set '))
    return site.name === `get ${calleeName.slice(4).split('.').at(-1) ?? ''}`;
  return site.name === (calleeName.split('.').at(-1) ?? '').replace(/^#/, '');
}

const hasParameter = (node: Node, name: string): boolean =>
  isFunction(node) &&
  (node as Function).params.some(one => one.type === 'Identifier' && one.name === name);

const isFunction = (node: Node): boolean =>
  node.type === 'FunctionDeclaration' ||
  node.type === 'FunctionExpression' ||
  node.type === 'ArrowFunctionExpression';
const length = (node: Node): number => (node.type === 'Program' ? Infinity : node.end - node.start);
const contains = (node: Node, offset: number): boolean => node.start <= offset && offset < node.end;
const isWithin = (inner: Node, outer: Node): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;
