/** The parser for tests, from the packages as they are installed. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { openSyntax, type Syntax } from '../../src/rules/index.ts';

const folderOf = (entry: string) => dirname(createRequire(import.meta.url).resolve(entry));

let opened: Promise<Syntax> | undefined;

export const testSyntax = (): Promise<Syntax> =>
  (opened ??= openSyntax({
    runtime: readFileSync(join(folderOf('web-tree-sitter'), 'web-tree-sitter.wasm')),
    python: readFileSync(
      join(folderOf('tree-sitter-python/package.json'), 'tree-sitter-python.wasm'),
    ),
  }));
