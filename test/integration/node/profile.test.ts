/** Profiles of real TypeScript cells against what they are known to do. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cell } from '../../../src/profile/index.ts';
import { startWrappedKernel, type StartedKernel } from '../../support/kernels.ts';
import { profileCell } from '../run/profiled-cell.ts';
import { JSLAB, TSLAB } from './tslab.ts';

/** Of the sampled time, by a cell's line. */
function sharesOf(cell: Cell, measure: 'selfMs' | 'totalMs'): Map<number, number> {
  const wholeMs = cell.lines.reduce((sum, line) => sum + line.selfMs, 0);
  return new Map(
    cell.lines.flatMap(line =>
      'line' in line.source && 'executionCount' in line.source
        ? [[line.source.line, line[measure] / wholeMs] as const]
        : [],
    ),
  );
}

const text = (cell: Cell): string[] => cell.source.split('\n');
const lineOf = (cell: Cell, part: string): number =>
  text(cell).findIndex(line => line.includes(part)) + 1;

let kernel: StartedKernel;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pyperf-node-'));
  kernel = await startWrappedKernel({ spec: TSLAB, cwd: folder });
});
afterAll(async () => {
  await kernel.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('time by line', () => {
  test('of interfaces, enums, generics, decorators, async functions and multi-line calls', async () => {
    const code = readFileSync(join(import.meta.dirname, 'programs/forms.cell'), 'utf8');
    const { cell } = await profileCell(kernel.client, code);
    expect(cell.status).toBe('ok');
    expect(cell.sampling.method).toBe('v8');
    expect(cell.timeMethod).toBe('agent');
    // 300 + 600 + 200 + 400 + 200 + 400 ms of work, 2 × 300 ms of waiting.
    const wholeMs = 2700;
    const self = sharesOf(cell, 'selfMs');
    const total = sharesOf(cell, 'totalMs');
    const near = (found: number | undefined, ms: number, what: string): void =>
      expect(Math.abs((found ?? 0) - ms / wholeMs), what).toBeLessThan(0.03);
    near(self.get(lineOf(cell, 'while (')), 2100, 'the busy line');
    near(self.get(lineOf(cell, 'await sleep')), 600, 'the waiting line');
    near(total.get(lineOf(cell, '  spin(300)')), 300, 'the first argument');
    near(total.get(lineOf(cell, '  spin(600)')), 600, 'the second argument');
    near(total.get(lineOf(cell, 'runner.runAll()')), 600, 'a decorated method of a generic class');
    near(total.get(lineOf(cell, 'return spin(job.ms)')), 600, 'its inner method');
    near(total.get(lineOf(cell, 'await work(Kind.Short)')), 500, 'a short await');
    near(total.get(lineOf(cell, 'await work(Kind.Long)')), 700, 'a long await');
    expect(cell.lines[0]?.text).toContain('while (performance.now()');
    expect((cell.offCpuMs?.sleep ?? 0) / 600).toBeGreaterThan(0.85);
    const names = cell.functions.map(({ name }) => name);
    for (const name of ['spin', 'runAll', 'one', 'work']) expect(names).toContain(name);
  });

  test('of loops that ask the clock, whose calls are too short to be met', async () => {
    const { cell } = await profileCell(
      kernel.client,
      [
        '%%pyperf',
        'function ask(ms: number): number {',
        '  let turns = 0;',
        '  const first = performance.now() + ms;',
        '  while (performance.now() < first) turns++;',
        '  const second = performance.now() + ms;',
        '  while (performance.now() < second) turns++;',
        '  return turns;',
        '}',
        'let turns = ask(500);',
        // A name that tslab exports, through a proxy.
        'const until = Date.now() + 500;',
        'while (Date.now() < until) turns++;',
      ].join('\n'),
    );
    const self = sharesOf(cell, 'selfMs');
    for (const part of ['< first', '< second', '< until'])
      expect(Math.abs((self.get(lineOf(cell, part)) ?? 0) - 1 / 3), part).toBeLessThan(0.06);
    expect(self.get(1) ?? 0).toBeLessThan(0.03);
  });

  test('waiting by cause, at the line that waits', async () => {
    writeFileSync(join(folder, 'big'), Buffer.alloc(80_000_000));
    const { cell } = await profileCell(
      kernel.client,
      [
        '%%pyperf',
        "import { execFileSync, exec } from 'child_process';",
        "import { createServer, connect } from 'net';",
        "execFileSync('sleep', ['0.4']);",
        'const server = createServer(socket => setTimeout(() => socket.end(), 400));',
        'await new Promise<void>(done => server.listen(0, done));',
        'const { port } = server.address() as { port: number };',
        "await new Promise<void>(done => connect(port).on('data', () => {}).on('close', () => done()));",
        'server.close();',
        "await new Promise<void>(done => exec('sleep 0.4', () => done()));",
      ].join('\n'),
    );
    const waits = (part: string) =>
      cell.lines.find(line => line.text?.includes(part) === true)?.offCpuMs;
    expect(waits('execFileSync(')?.wait).toBeGreaterThan(300);
    expect(waits('connect(port)')?.network).toBeGreaterThan(300);
    expect(waits("exec('sleep")?.wait).toBeGreaterThan(300);
  });

  test('in a file of the user, in a @module cell, and in a library that a line calls', async () => {
    mkdirSync(join(folder, 'node_modules/slow'), { recursive: true });
    const spin = (name: string, type = ''): string =>
      `${name}(ms${type}) {\n  const end = Date.now() + ms;\n  while (Date.now() < end);\n}\n`;
    writeFileSync(join(folder, 'node_modules/slow/index.js'), `exports.${spin('slow = function')}`);
    writeFileSync(
      join(folder, 'helper.ts'),
      `// a comment\ninterface Unused {}\nexport function ${spin('helped', ': number')}`,
    );
    await kernel.client.execute(`/** @module mine */\nexport function ${spin('own', ': number')}`);
    const { cell } = await profileCell(
      kernel.client,
      [
        '%%pyperf',
        "import { helped } from './helper';",
        "import { own } from './mine';",
        "const slow = require('slow');",
        'helped(400);',
        'own(300);',
        'slow.slow(300);',
      ].join('\n'),
    );
    const inFile = cell.lines.find(
      ({ source }) => 'file' in source && source.file.endsWith('helper.ts') && source.line === 5,
    );
    expect(inFile?.selfMs).toBeGreaterThan(300);
    expect(inFile?.text).toContain('while');
    const inModule = cell.lines.find(
      ({ source }) =>
        'executionCount' in source &&
        source.executionCount !== cell.executionCount &&
        source.line === 4,
    );
    expect(inModule?.selfMs).toBeGreaterThan(200);
    const library = cell.lines.find(({ text: line }) => line === 'slow.slow(300);');
    expect(library?.selfMs).toBeGreaterThan(200);
    expect(library?.callees?.[0]?.name).toContain('slow');
  });

  test('of calls that V8 names otherwise, and of the collector: never at the magic', async () => {
    const { cell } = await profileCell(
      kernel.client,
      [
        '%%pyperf',
        'const began = Date.now();',
        "for (let i = 0; i < 5000; i++) console.log('line', i);",
        'const logged = Date.now();',
        'let kept: object[] = [];',
        'for (let round = 0; round < 15; round++)',
        '  kept = Array.from({ length: 100_000 }, (_, i) => ({ i }));',
        'const made = Date.now();',
      ].join('\n'),
    );
    const { stdout } = await kernel.client.execute('console.log(logged - began, made - logged);');
    const [loggingMs = 0, makingMs = 0] = stdout.split(' ').map(Number);
    const partOf = (lineMs: number): number => lineMs / (loggingMs + makingMs);
    const self = sharesOf(cell, 'selfMs');
    expect(Math.abs((self.get(3) ?? 0) - partOf(loggingMs))).toBeLessThan(0.1);
    const making = (self.get(6) ?? 0) + (self.get(7) ?? 0);
    expect(Math.abs(making - partOf(makingMs))).toBeLessThan(0.1);
    expect(self.get(1) ?? 0).toBeLessThan(0.1);
  });

  test('which line was hot at each moment', async () => {
    const { cell } = await profileCell(
      kernel.client,
      [
        '%%pyperf',
        'async function nap(ms: number): Promise<void> {',
        '  await new Promise(done => setTimeout(done, ms));',
        '}',
        'const from = Date.now();',
        'while (Date.now() < from + 400);',
        'while (Date.now() < from + 800);',
        'await nap(400);',
        "[1].forEach(() => { while (Date.now() < from + 1600) 'x'.repeat(9); });",
      ].join('\n'),
    );
    const { untilMs, lines } = cell.hotLines ?? { untilMs: [], lines: [] };
    // The cell compiles before it begins, and ends with its last line.
    const fromMs = cell.wallTimeMs - 1600;
    const lineAt = (tMs: number): unknown =>
      cell.lines[lines[untilMs.findIndex(until => fromMs + tMs <= until)] ?? -1]?.source.line;
    expect(lineAt(200)).toBe(lineOf(cell, '+ 400'));
    // V8 tells lines as sums of some 300 ms, in which looks tell apart what they meet.
    expect(lineAt(700)).toBe(lineOf(cell, '+ 800'));
    expect(lineAt(1000)).toBe(lineOf(cell, 'setTimeout'));
    expect(lineAt(1400)).toBe(lineOf(cell, '+ 1600'));
    expect(untilMs.length).toBeLessThan(30);
    expect(untilMs.at(-1)).toBeGreaterThan(fromMs + 1500);
    expect(untilMs.at(-1)).toBeLessThan(cell.wallTimeMs + 50);
  });

  test('in a function that an unprofiled cell defined', async () => {
    await kernel.client.execute(
      'function early(ms: number) {\n  const end = Date.now() + ms;\n\n  while (Date.now() < end);\n}',
    );
    const { cell } = await profileCell(kernel.client, '%%pyperf\nearly(300);');
    const [hottest] = cell.lines;
    expect(hottest?.source).toEqual({ executionCount: (cell.executionCount ?? 0) - 1, line: 4 });
  });
});

describe('memory', () => {
  test('variables by size, and the garbage collector below what made it run', async () => {
    const { cell } = await profileCell(
      kernel.client,
      [
        '%%pyperf --memory trace',
        'const floats = new Float64Array(2_000_000);',
        'const alias = floats;',
        'const names = Array.from({ length: 200_000 }, (_, i) => `name ${i}`);',
        'for (let i = 0; i < 60; i++) names.map(name => ({ name })).filter(x => x.name.length > 3);',
      ].join('\n'),
    );
    const byName = new Map(cell.variables.map(variable => [variable.name, variable]));
    const floats = byName.get('floats');
    expect(floats).toMatchObject({ type: 'Float64Array', shape: '2000000 items' });
    expect(floats?.sizeBytes).toBeGreaterThanOrEqual(16_000_000);
    expect(byName.get('alias')).toMatchObject({ sizeBytes: 0, sharedWith: 'floats' });
    expect(byName.get('names')).toMatchObject({ type: 'Array', shape: '200000 items' });
    const collector = cell.functions.filter(({ name }) => name === '(garbage collector)');
    expect(collector.length).toBeGreaterThan(0);
    const below = collector.filter(({ parent }) => parent >= 0);
    const time = (nodes: typeof collector): number =>
      nodes.reduce((sum, { totalMs }) => sum + totalMs, 0);
    expect(time(below) / time(collector)).toBeGreaterThan(0.8);
    expect(cell.sampling.note).toMatch(/Allocated, by function, as V8 sampled it: .* MB/);
    expect(cell.memory.peakRssBytes).toBeGreaterThan(cell.memory.startRssBytes);
  });
});

test('without stacks, only variables', async () => {
  const { cell } = await profileCell(kernel.client, '%%pyperf --no-lines\nconst few = [1, 2, 3];');
  expect(cell.lines).toEqual([]);
  expect(cell.sampling.method).toBe('none');
  expect(cell.variables.map(({ name }) => name)).toContain('few');
});

describe('cells that end early', () => {
  test('an error in the middle', async () => {
    const { cell } = await profileCell(
      kernel.client,
      '%%pyperf\nconst until = Date.now() + 300;\nwhile (Date.now() < until);\nthrow new RangeError("no more");',
    );
    expect(cell.status).toBe('error');
    expect(cell.error).toEqual({ name: 'RangeError', message: 'no more' });
    expect(cell.lines[0]?.source).toMatchObject({ line: 3 });
  });

  test.each([
    ['a loop', '%%pyperf\nwhile (true);\n', 2],
    ['an await', '%%pyperf\n\nawait new Promise(done => setTimeout(done, 60_000));\n', 3],
  ])('%s that is interrupted', async (_what, code, line) => {
    const busy = kernel.client.published(({ header }) => header.msg_type === 'execute_input');
    const result = profileCell(kernel.client, code);
    await busy;
    await new Promise(done => setTimeout(done, 1000));
    process.kill(-kernel.pid, 'SIGINT');
    const { cell } = await result;
    expect(cell.status).toBe('error');
    expect(cell.lines[0]?.source).toMatchObject({ line });
    expect(cell.wallTimeMs).toBeLessThan(10_000);
  });

  test('a wrong option fails the cell, which does not run', async () => {
    const { reply } = await kernel.client.execute('%%pyperf --nonsense\nvar ran = 1;');
    expect(reply.content).toMatchObject({ status: 'error', ename: 'PyPerfUsageError' });
    const { stdout } = await kernel.client.execute("'ran' in globalThis.__tslab__.exports");
    expect(stdout.trim()).not.toBe('true');
  });
});

describe('JavaScript', () => {
  test('lines of a jslab cell', async () => {
    const js = await startWrappedKernel({ spec: JSLAB });
    try {
      const { cell } = await profileCell(
        js.client,
        '%%pyperf\nfunction busy(ms) {\n  const end = Date.now() + ms;\n  while (Date.now() < end);\n}\nbusy(300);\nawait new Promise(r => setTimeout(r, 300));',
      );
      const self = sharesOf(cell, 'selfMs');
      expect(self.get(4)).toBeGreaterThan(0.4);
      expect(self.get(7)).toBeGreaterThan(0.4);
    } finally {
      await js.stop();
    }
  });
});
