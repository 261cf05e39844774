/** What lines and functions get, on small drawn stacks. */
import { describe, expect, it } from 'vitest';
import { attribute } from '../../../kernel/languages/attribution/index.ts';
import { FunctionSchema, LineSchema, type Line } from '../../../src/profile/index.ts';
import { drawStacks, resolver, type GroupText } from './ascii-stacks.ts';

const run = (...groups: (GroupText | string)[]) =>
  attribute(drawStacks(groups.map(g => (typeof g === 'string' ? { stacks: g } : g))), resolver);

const at = (lines: readonly Line[], place: string): Line | undefined =>
  lines.find(({ source }) =>
    'file' in source
      ? `${source.file}:${source.line}` === place
      : `[${source.executionCount}]:${source.line}` === place,
  );

describe('lines', () => {
  it('get their own time, the time below them, and library calls', () => {
    const { lines } = run(`
      3 cpu: main@run:1 > <module>@cell4:2 > sort@lib/numpy:9 > inner@lib/numpy:20
      1 cpu: main@run:1 > <module>@cell4:2
      4 cpu: main@run:1 > <module>@cell4:3 > helper@cell1:7
      2 sleep: main@run:1 > <module>@cell4:3 > helper@cell1:8`);
    expect(at(lines, '[4]:2')).toMatchObject({
      selfMs: 4,
      totalMs: 4,
      share: 0.4,
      callees: [{ name: 'numpy sort', ms: 3 }],
      text: 'line 2',
    });
    expect(at(lines, '[4]:3')).toMatchObject({ selfMs: 0, totalMs: 6 });
    expect(at(lines, '[1]:8')).toMatchObject({
      selfMs: 2,
      function: 'helper',
      offCpuMs: { sleep: 2 },
    });
    expect(lines.map(line => line.selfMs)).toEqual([4, 4, 2, 0]);
  });

  it('count a recursive line once', () => {
    const { lines } = run(`
      5 cpu: <module>@cell1:9 > fib@cell1:3 > fib@cell1:3 > fib@cell1:2
      1 cpu: <module>@cell1:9 > fib@cell1:3 > fib@cell1:3`);
    expect(at(lines, '[1]:3')).toMatchObject({ selfMs: 1, totalMs: 6 });
    expect(at(lines, '[1]:2')).toMatchObject({ selfMs: 5, totalMs: 5 });
    expect(at(lines, '[1]:9')).toMatchObject({ selfMs: 0, totalMs: 6 });
  });

  it('of a callback that a library calls back are the innermost', () => {
    const { lines } = run(`7 cpu: <module>@cell1:1 > apply@lib/pandas:5 > <lambda>@cell1:1`);
    expect(at(lines, '[1]:1')).toMatchObject({ selfMs: 7, totalMs: 7 });
    expect(at(lines, '[1]:1')?.callees).toBeUndefined();
  });

  it('get the memory that grew while they ran', () => {
    const { lines } = run(`
      1 cpu +4096: <module>@cell1:1 > ones@lib/numpy:5
      1 cpu +100: <module>@cell1:2`);
    expect(at(lines, '[1]:1')?.rssGrowthBytes).toBe(4096);
  });

  it('leave out the machinery of the main thread', () => {
    const { lines, functions } = run(`
      2 wait: main@run:1 > select@lib/asyncio:4
      8 cpu: main@run:1 > <module>@cell1:1`);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.share).toBe(1);
    expect(functions.map(node => [node.name, node.origin, node.selfMs])).toEqual([
      ['<module>', 'cell', 8],
      ['(kernel)', 'runtime', 2],
    ]);
  });

  it('are few, and the hot ones are among them', () => {
    const stacks = Array.from(
      { length: 1000 },
      (_, n) => `${n + 1} cpu: <module>@cell1:${n + 1} > f@cell2:${n + 1}`,
    );
    const { lines } = run([...stacks, `1 cpu +999999: <module>@cell3:1`].join('\n'));
    expect(lines.length).toBeLessThanOrEqual(300);
    expect(at(lines, '[2]:1000')?.selfMs).toBe(1000);
    expect(at(lines, '[1]:1000')?.totalMs).toBe(1000);
    expect(at(lines, '[3]:1')?.rssGrowthBytes).toBe(999999);
  });
});

describe('threads and processes', () => {
  it('count while they run, or while code of the user waits', () => {
    const { lines, functions } = run(`4 cpu: <module>@cell1:1`, {
      kind: 'thread',
      name: 'thread work',
      stacks: `
        3 cpu: bootstrap@run:1 > work@cell1:5
        2 lock: bootstrap@run:1 > work@cell1:6
        9 lock: bootstrap@run:1 > poll@lib/zmq:6
        1 cpu: bootstrap@run:1 > send@lib/zmq:7`,
    });
    expect(at(lines, '[1]:5')?.selfMs).toBe(3);
    expect(at(lines, '[1]:6')?.offCpuMs.lock).toBe(2);
    // A library's own thread works for a line that waits for it: its time is not in the whole.
    expect(at(lines, '[1]:1')?.share).toBeCloseTo(4 / 9);
    const root = functions.findIndex(node => node.name === 'thread work');
    expect(functions[root]).toMatchObject({ parent: -1, totalMs: 6, selfMs: 0 });
    expect(functions.find(node => node.name === 'zmq send')).toMatchObject({
      parent: root,
      selfMs: 1,
    });
  });

  it('begin where they were started, though a fork remembers the cell', () => {
    const { lines } = run({
      kind: 'process',
      pid: 2,
      stacks: `
        5 cpu: <module>@cell1:9 > start@lib/multiprocessing:1 > bootstrap@lib/multiprocessing:2 > work@cell1:3
        8 wait: <module>@cell1:9 > start@lib/multiprocessing:1 > bootstrap@lib/multiprocessing:2 > get@lib/queue:3`,
    });
    expect(lines).toHaveLength(1);
    expect(at(lines, '[1]:3')).toMatchObject({ selfMs: 5, share: 1 });
  });
});

describe('functions', () => {
  it('are a tree by function, whatever their lines', () => {
    const { functions } = run(`
      2 cpu: <module>@cell1:1 > f@cell1:5/4
      3 sleep: <module>@cell1:2 > f@cell1:6/4
      1 cpu: <module>@cell1:2`);
    expect(functions).toMatchObject([
      { name: '<module>', parent: -1, selfMs: 1, totalMs: 6 },
      {
        name: 'f',
        parent: 0,
        selfMs: 5,
        totalMs: 5,
        offCpuMs: 3,
        source: { executionCount: 1, line: 4 },
      },
    ]);
  });

  it('are at most 400 and still add up', () => {
    const stacks = Array.from({ length: 900 }, (_, n) => `1 cpu: <module>@cell1:1 > f${n}@cell1:2`);
    const { functions } = run(stacks.join('\n'));
    expect(functions.length).toBeLessThanOrEqual(400);
    expect(functions.reduce((sum, node) => sum + node.selfMs, 0)).toBeCloseTo(900);
    functions.forEach((node, index) => expect(node.parent).toBeLessThan(index));
  });
});

it('tells why the main thread waited, and for which files', () => {
  const stacks = drawStacks([
    {
      stacks:
        '1 disk /a: <module>@cell1:1\n 1 disk /b: <module>@cell1:1\n 1 lock: <module>@cell1:2',
    },
    { kind: 'thread', stacks: '5 network: f@cell1:2\n 1 disk /b: f@cell1:2 > read@lib/pandas:3' },
    { kind: 'thread', stacks: '9 disk /history: bootstrap@lib/threading:9 > save@lib/IPython:1' },
  ]);
  const { offCpuMs, files } = attribute(stacks, resolver);
  expect(offCpuMs).toMatchObject({ disk: 2, lock: 1, network: 0 });
  expect(files).toEqual([
    { path: '/b', waitMs: 2 },
    { path: '/a', waitMs: 1 },
  ]);
});

it('counts what a kernel puts below a cell for its last line', () => {
  const endsAtTwo = {
    ...resolver,
    origin: (file: string) => ({ ...resolver.origin(file), lastLine: 2 }),
  };
  const { lines } = attribute(
    drawStacks([{ stacks: '2 cpu: <module>@cell1:2\n 1 cpu: <module>@cell1:3' }]),
    endsAtTwo,
  );
  expect(lines.map(({ source, selfMs }) => [source, selfMs])).toEqual([
    [{ executionCount: 1, line: 2 }, 3],
  ]);
});

it("leaves the kernel's own threads out, but not the user's code in them", () => {
  const { lines, functions } = attribute(
    drawStacks([
      { stacks: '2 cpu: <module>@cell1:1' },
      { kind: 'thread', stacks: '5 cpu: bootstrap@lib/threading:9 > housekeep@lib/numpy:1' },
      { kind: 'thread', stacks: '3 cpu: housekeep@lib/numpy:1 > f@cell1:2' },
    ]),
    resolver,
  );
  expect(lines.map(({ selfMs }) => selfMs)).toEqual([3, 2]);
  expect(functions.reduce((sum, { selfMs }) => sum + selfMs, 0)).toBe(5);
});

it('gives what the profile takes', () => {
  const { lines, functions } = run(`
    3 cpu: main@run:1 > <module>@cell4:2 > sort@lib/numpy:9
    2 cpu: main@run:1`);
  for (const line of lines) expect(LineSchema.safeParse(line).success).toBe(true);
  for (const node of functions) expect(FunctionSchema.safeParse(node).success).toBe(true);
});
