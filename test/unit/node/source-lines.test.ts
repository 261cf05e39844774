import { compileFunction } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { transpileModule, ModuleKind, ScriptTarget } from 'typescript';
import { CallSites } from '../../../kernel/languages/node/inside/call-sites.ts';
import { markAwaits } from '../../../kernel/languages/node/inside/await-sites.ts';
import {
  lineTable,
  mapCode,
  sourcePlace,
} from '../../../kernel/languages/node/inside/source-lines.ts';

/** As tslab compiles: with its own first line, and twice. */
function compile(source: string) {
  const options = { target: ScriptTarget.ES2022, sourceMap: true, removeComments: false };
  const first = transpileModule(`export {};\n${source}`, {
    fileName: '__tslab__.ts',
    compilerOptions: { ...options, module: ModuleKind.ESNext },
  });
  const withoutMap = (text: string): string => text.replace(/\/\/# sourceMappingURL=.*\s*$/, '');
  const second = transpileModule(withoutMap(first.outputText), {
    fileName: 'custom.js',
    compilerOptions: { ...options, module: ModuleKind.CommonJS },
  });
  return mapCode(
    withoutMap(second.outputText),
    first.sourceMapText ?? '',
    second.sourceMapText ?? '',
    () => 1,
  );
}

const sourceLineOf = (mapped: ReturnType<typeof compile>, part: string): number | undefined =>
  lineTable(mapped.segments)[mapped.code.split('\n').findIndex(line => line.includes(part))];

describe('lines of the JavaScript', () => {
  test('map to what was typed, types left out', () => {
    const mapped = compile(
      'interface A { b: number }\n\nenum E { X }\nfunction f(a: A): number {\n\n  return a.b + E.X;\n}',
    );
    expect(sourceLineOf(mapped, 'return a.b')).toBe(6);
    expect(sourceLineOf(mapped, 'function f')).toBe(4);
  });

  test('are broken between arguments that stood on lines of their own', () => {
    const mapped = compile('const pair = combine(\n  first(1),\n  second(2),\n);');
    expect(sourceLineOf(mapped, 'first(1)')).toBe(2);
    expect(sourceLineOf(mapped, 'second(2)')).toBe(3);
  });

  test('are not broken inside strings and templates', () => {
    const mapped = compile('const a = `( ${one}\n, ${two}`;\nconst b = "(,[{";');
    expect(mapped.code).toContain('`( ${one}\n, ${two}`');
    expect(mapped.code).toContain('"(,[{"');
  });

  test('lead back from a line and a column, as stack traces give them', () => {
    const mapped = compile('type T = number;\nthrow new Error("x" as string);');
    const at = mapped.code.split('\n').findIndex(line => line.includes('throw'));
    expect(sourcePlace(mapped.segments, at + 1, 7)).toEqual({ line: 2, column: 7 });
  });
});

describe('marked awaits', () => {
  const names = { begin: 'b', wait: 'w', firstId: 10 };

  test('keep lines, order and values', async () => {
    const source = 'async function f() {\n  return await g(\n    await h(),\n  );\n}';
    const { mapped, sites } = markAwaits(compile(source), names);
    expect(sites.map(({ sourceLine, function: name }) => [sourceLine, name])).toEqual([
      [3, 'f'],
      [2, 'f'],
    ]);
    const calls: unknown[] = [];
    const run = compileFunction(`${mapped.code}; return f();`, ['exports', 'b', 'w', 'g', 'h']) as (
      ...given: unknown[]
    ) => Promise<unknown>;
    const result = await run(
      {},
      (site: number) => calls.push(site),
      (_token: number, value: unknown) => value,
      (value: number) => Promise.resolve(value + 1),
      () => Promise.resolve(1),
    );
    expect(result).toBe(2);
    expect(calls).toEqual([11, 10]);
  });

  test('leave a cell without them as it is', () => {
    const mapped = compile('const text = "await";');
    expect(markAwaits(mapped, names).mapped).toBe(mapped);
  });
});

describe('call sites', () => {
  const code = [
    'function f() {',
    '  one();',
    '  a.two(1);',
    '  list.map(x => x + 1);',
    '  one();',
    '  /x/.test(s);',
    '  new Three();',
    '}',
  ].join('\n');
  const sites = CallSites.of(code);
  const from = (name: string, callee?: { line: number; column: number }) =>
    sites?.candidates({ line: 0, column: 10 }, name, callee);

  test.each([
    ['two', [3]],
    ['A.two', [3]],
    ['one', [2, 5]],
    ['RegExp: x', [6]],
    ['Three', [7]],
    ['nobody', []],
  ])('of %s', (name, lines) => {
    expect(from(name)).toEqual(lines);
  });

  test('of a function that is handed over', () => {
    expect(from('', { line: 3, column: 11 })).toEqual([4]);
  });

  test('of what a parameter holds, whatever its name', () => {
    const timed = CallSites.of(
      'function timed(what, work) {\n  performance.now();\n  work();\n  list.map(() => work());\n}',
    );
    const fromTimed = (name: string) => timed?.candidates({ line: 0, column: 14 }, name, undefined);
    expect(fromTimed('')).toEqual([3]);
    expect(fromTimed('parseAll')).toEqual([3]);
    expect(fromTimed('now')).toEqual([2]);
    expect(fromTimed('(garbage collector)')).toEqual([]);
    // The lazy global itself.
    expect(fromTimed('get')).toEqual([2]);
    expect(timed?.candidates({ line: 3, column: 12 }, 'parseAll', undefined)).toEqual([4]);
  });
});
