/** Reads the parser's WebAssembly, which the build puts beside the bundles. */
import { readFile } from 'node:fs/promises';
import { openSyntax, type Syntax } from '../../src/rules/index.ts';

const FOLDER = new URL('../tree-sitter/', import.meta.url);

/** @returns null when it cannot be loaded: findings then rest on measurements alone. */
export async function loadSyntax(): Promise<Syntax | null> {
  try {
    const [runtime, python] = await Promise.all(
      ['web-tree-sitter.wasm', 'tree-sitter-python.wasm'].map(name =>
        readFile(new URL(name, FOLDER)),
      ),
    );
    return runtime && python ? await openSyntax({ runtime, python }) : null;
  } catch {
    return null;
  }
}
