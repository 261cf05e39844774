/**
 * Python's syntax by tree-sitter. Loading WebAssembly is input, so whoever calls brings the bytes; everything after
 * that is pure.
 */
import { Language, Parser, Query, type Tree } from 'web-tree-sitter';
import { blankMagics } from './magics.ts';

export type { Node, QueryCapture, QueryMatch, Tree } from 'web-tree-sitter';

export interface SyntaxBytes {
  /** `web-tree-sitter.wasm`. */
  readonly runtime: Uint8Array;
  /** `tree-sitter-python.wasm`. */
  readonly python: Uint8Array;
}

export interface Syntax {
  /** @returns undefined for a cell that is not Python at all: `%%bash`. */
  parse(source: string): Tree | undefined;
  /** @throws Error with the reason when the query is not one. */
  query(text: string): Query;
}

/** A longer text takes too long, and no person wrote it. */
const MAX_LENGTH = 400_000;

export async function openSyntax(bytes: SyntaxBytes): Promise<Syntax> {
  await Parser.init({ wasmBinary: bytes.runtime });
  const python = await Language.load(bytes.python);
  const parser = new Parser();
  parser.setLanguage(python);
  const queries = new Map<string, Query>();
  return {
    parse(source) {
      const code = source.length > MAX_LENGTH ? undefined : blankMagics(source);
      return code === undefined ? undefined : (parser.parse(code) ?? undefined);
    },
    query(text) {
      const known = queries.get(text);
      if (known) return known;
      const query = new Query(python, text);
      queries.set(text, query);
      return query;
    },
  };
}
