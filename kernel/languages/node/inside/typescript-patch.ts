/**
 * Hands tslab a copy of its TypeScript that makes source maps and passes us what it emits.
 *
 * The exports of the real one cannot be changed (they are getters), and nobody else in the process should see a change.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { mapCode, type MappedCode } from './source-lines.ts';

/** What we need of TypeScript's API. */
export interface TypeScript {
  readonly version: string;
  readonly sys: { readFile(path: string): string | undefined; getCurrentDirectory(): string };
  createWatchCompilerHost(...args: unknown[]): unknown;
  transpileModule(
    input: string,
    options: { readonly fileName?: string; readonly compilerOptions?: object },
  ): { outputText: string; sourceMapText?: string };
}

interface VirtualSystem {
  readFile(path: string): string | undefined;
}

/** tslab puts this line before cells and `@module` cells, to make them modules. */
const MODULE_PREFIX = /^export \{\};\r?\n/;
const INLINE_MAP =
  /\/\/# sourceMappingURL=data:application\/json[^,]*;base64,([A-Za-z0-9+/=]+)\s*$/;
const MAP_COMMENT = /\/\/# sourceMappingURL=.*\s*$/;

/**
 * @param tslabFile any file of tslab's own, from which its dependencies are found.
 * @param onEmit gives the code that tslab shall run in place of what was emitted.
 */
export function patchTypeScript(
  original: TypeScript,
  tslabFile: string,
  onEmit: (mapped: MappedCode) => string,
): TypeScript {
  const systems: VirtualSystem[] = [];
  const createWatchCompilerHost = (
    roots: unknown,
    options: Record<string, unknown>,
    system: VirtualSystem,
    ...rest: unknown[]
  ): unknown => {
    systems.push(system);
    const typeRoots = withNodeTypes(original, options['typeRoots'], tslabFile);
    return original.createWatchCompilerHost(
      roots,
      { ...options, inlineSourceMap: true, inlineSources: false, ...(typeRoots && { typeRoots }) },
      system,
      ...rest,
    );
  };
  const prefixLines = (source: string): number => {
    const path = join(original.sys.getCurrentDirectory(), source.replace(/^(\.\.[\\/])+/, ''));
    const virtual = systems.map(system => system.readFile(path)).find(text => text !== undefined);
    const isVirtual = virtual !== undefined && virtual !== original.sys.readFile(path);
    return isVirtual && MODULE_PREFIX.test(virtual) ? 1 : 0;
  };
  const transpileModule: TypeScript['transpileModule'] = (input, options) => {
    const found = INLINE_MAP.exec(input);
    if (!found) return original.transpileModule(input, options);
    const output = original.transpileModule(input.slice(0, found.index), {
      ...options,
      compilerOptions: { ...options.compilerOptions, sourceMap: true },
    });
    const code = output.outputText.replace(MAP_COMMENT, '');
    const first = Buffer.from(found[1] ?? '', 'base64').toString('utf8');
    return {
      ...output,
      outputText: onEmit(mapCode(code, first, output.sourceMapText ?? '', prefixLines)),
    };
  };
  const replaced = (value: unknown): PropertyDescriptor => ({
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
  return Object.defineProperties(
    {},
    {
      ...Object.getOwnPropertyDescriptors(original),
      createWatchCompilerHost: replaced(createWatchCompilerHost),
      transpileModule: replaced(transpileModule),
    },
  ) as TypeScript;
}

/**
 * tslab looks for Node's types beside the notebook and in its own folder only; installed elsewhere than the notebook,
 * with its dependencies beside it, it would not know `console`.
 * @returns undefined when nothing needs to be added.
 */
function withNodeTypes(
  typescript: TypeScript,
  typeRoots: unknown,
  tslabFile: string,
): string[] | undefined {
  const roots = Array.isArray(typeRoots) ? (typeRoots as string[]) : [];
  const hasNode = (root: string): boolean =>
    typescript.sys.readFile(join(root, 'node', 'package.json')) !== undefined;
  if (roots.some(hasNode)) return undefined;
  try {
    const found = createRequire(tslabFile).resolve('@types/node/package.json');
    return [...roots, dirname(dirname(found))];
  } catch {
    return undefined;
  }
}
