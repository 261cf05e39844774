import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../support/processes.ts';
import { shown, Workplace } from './harness.ts';

let work: Workplace;
beforeEach(() => {
  work = new Workplace();
});
afterEach(() => work.remove());

describe('jupyter pyperf run', () => {
  it('writes the executed notebook and every report, and leaves the input alone', async () => {
    const path = work.notebook('nb.ipynb', [
      { cell_type: 'markdown', source: '# Sums' },
      'import os\nprint(os.getcwd())',
      '# Add up\nsum(range(1_000_000))',
      '',
      { source: 'nope', metadata: { tags: ['skip-execution'] } },
    ]);
    const before = readFileSync(path);
    const { code, stdout, stderr } = await work.profile(path);

    expect(stderr).toMatch(/nb 1\/2 Sums: [\d.]+ s\nnb 2\/2 Add up: /);
    expect(stdout).toContain('PyPerf Summary Report');
    expect(code).toBe(0);
    expect(readFileSync(path)).toEqual(before);
    expect(readdirSync(work.out).sort()).toEqual(
      ['csv', 'html', 'ipynb', 'md', 'pyperf.json'].map(ending => `nb.${ending}`),
    );
    const { cells } = work.executed('nb');
    expect(cells.map(shown)).toEqual([[], [`stdout: ${work.dir}\n`], ['499999500000'], [], []]);
    expect(cells.map(cell => cell.execution_count)).toEqual([undefined, 1, 2, null, null]);
    const profile = work.measured('nb');
    expect(profile.notebook).toMatchObject({ path, kernelName: 'python3', language: 'python' });
    expect(
      profile.cells.map(({ index, cellId, label, executionCount, status }) => ({
        index,
        cellId,
        label,
        executionCount,
        status,
      })),
    ).toEqual([
      { index: 1, cellId: 'cell-1', label: 'Sums', executionCount: 1, status: 'ok' },
      { index: 2, cellId: 'cell-2', label: 'Add up', executionCount: 2, status: 'ok' },
    ]);
    expect(work.leftovers()).toEqual([]);
  });

  it('renders a stored profile again, byte for byte', async () => {
    await work.profile(work.notebook('nb.ipynb', ['x = 1']), '--format', 'json,md,csv');
    for (const format of ['md', 'csv', 'json']) {
      const file = join(work.out, format === 'json' ? 'nb.pyperf.json' : `nb.${format}`);
      const again = work.path(`again.${format}`);
      const args = ['--format', format, '--out', again];
      const { code } = await work.run('report', join(work.out, 'nb.pyperf.json'), ...args);
      expect(code).toBe(0);
      expect(readFileSync(again, 'utf8')).toBe(readFileSync(file, 'utf8'));
    }
    expect(readdirSync(work.out).some(name => name.endsWith('.html'))).toBe(false);
  });

  it('stops at a cell that fails, with the traceback, and keeps what was measured', async () => {
    const path = work.notebook('nb.ipynb', ['x = 1', 'def f():\n    return 1 / 0\nf()', 'x']);
    const { code, stderr, stdout } = await work.profile(path);
    expect(code).toBe(1);
    expect(stderr).toContain('return 1 / 0');
    expect(stderr).toContain(`${path}, cell 2: the cell failed with ZeroDivisionError.`);
    expect(stderr).not.toContain('\u001b[');
    expect(stdout).toContain('PyPerf Summary Report');
    expect(work.executed('nb').cells.map(shown)).toEqual([
      [],
      ['ZeroDivisionError: division by zero'],
      [],
    ]);
    expect(work.measured('nb').cells.map(cell => cell.status)).toEqual(['ok', 'error']);
  });

  it('goes on after errors that are allowed', async () => {
    const cells = [{ source: '1/0', metadata: { tags: ['raises-exception'] } }, 'print("on")'];
    expect((await work.profile(work.notebook('tag.ipynb', cells))).code).toBe(0);
    expect(shown(work.executed('tag').cells[1])).toEqual(['stdout: on\n']);
    const plain = work.notebook('flag.ipynb', ['1/0', 'print("on")']);
    expect((await work.profile(plain, '--allow-errors')).code).toBe(0);
    expect(shown(work.executed('flag').cells[1])).toEqual(['stdout: on\n']);
  });

  it('interrupts a cell that runs too long', async () => {
    const path = work.notebook('nb.ipynb', [
      'x = 1',
      'print("go", flush=True)\nwhile True: pass',
      '1',
    ]);
    const { code, stderr } = await work.profile(path, '--cell-timeout', '1');
    expect(code).toBe(1);
    expect(stderr).toContain('the cell ran out of time and was interrupted: KeyboardInterrupt.');
    expect(shown(work.executed('nb').cells[1])).toEqual(['stdout: go\n', 'KeyboardInterrupt: ']);
    const [, cell] = work.measured('nb').cells;
    expect(cell?.status).toBe('error');
    expect(cell?.wallTimeMs).toBeGreaterThan(900);
  });

  it('kills a cell that does not react to the interrupt', async () => {
    const path = work.notebook('nb.ipynb', [
      'x = 1',
      'import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass',
    ]);
    const { code, stderr } = await work.profile(path, '--cell-timeout', '1');
    expect(code).toBe(1);
    expect(stderr).toContain('ran out of time and did not react to an interrupt');
    expect(work.measured('nb').cells[0]?.status).toBe('ok');
    expect(work.leftovers()).toEqual([]);
  });

  it('tells how a kernel died', async () => {
    const path = work.notebook('nb.ipynb', [
      'print(1)',
      // A kernel takes with it what its own thread has not sent yet.
      'import os, signal, time\nprint("last", flush=True)\ntime.sleep(2)\nos.kill(os.getpid(), signal.SIGKILL)',
      '2',
    ]);
    const { code, stderr } = await work.profile(path);
    expect(code).toBe(1);
    expect(stderr).toContain('the kernel died (signal SIGKILL, often for lack of memory)');
    expect(work.executed('nb').cells.map(shown)).toEqual([['stdout: 1\n'], ['stdout: last\n'], []]);
    expect(work.measured('nb').cells[0]?.status).toBe('ok');
    expect(work.leftovers()).toEqual([]);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends at %s with what was measured', async (signal, expected) => {
    const path = work.notebook('nb.ipynb', [
      '1',
      'import time\nopen("begun", "w").close()\ntime.sleep(60)',
      '3',
    ]);
    const { child, finished } = work.start('run', '--out', work.out, path);
    await until('the second cell to begin', () => existsSync(work.path('begun')));
    child.kill(signal);
    const { code, stderr } = await finished;
    expect(code).toBe(expected);
    expect(stderr).toContain('the cell was interrupted: KeyboardInterrupt.');
    expect(work.measured('nb').cells.map(cell => cell.status)).toEqual(['ok', 'error']);
    expect(shown(work.executed('nb').cells[1])).toEqual(['KeyboardInterrupt: ']);
    expect(work.leftovers()).toEqual([]);
  });

  it('runs several notebooks, those of one name too, and goes on after one that fails', async () => {
    for (const folder of ['a', 'b']) mkdirSync(work.path(folder));
    const a = work.notebook('a/nb.ipynb', ['1/0']);
    const b = work.notebook('b/nb.ipynb', ['print("b")'], 2);
    const { code } = await work.profile(a, b, '--format', 'json');
    expect(code).toBe(1);
    expect(readdirSync(work.out).sort()).toEqual([
      'a-nb.ipynb',
      'a-nb.pyperf.json',
      'b-nb.ipynb',
      'b-nb.pyperf.json',
    ]);
    expect(work.executed('b-nb').cells[0]).not.toHaveProperty('id');
    expect(work.measured('b-nb').cells[0]).toMatchObject({ cellId: null, index: 0 });
  });
});

describe('refuses in one sentence, before anything runs', () => {
  const refused = async (...args: string[]) => {
    const { code, stdout, stderr } = await work.run('run', ...args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    return stderr;
  };

  it('what is no notebook', async () => {
    writeFileSync(work.path('bad.ipynb'), '{"nbformat": 4,');
    expect(await refused(work.path('bad.ipynb'))).toContain('is no notebook: it is not JSON');
    writeFileSync(work.path('old.ipynb'), '{"nbformat": 3, "worksheets": []}');
    expect(await refused(work.path('old.ipynb'))).toContain('jupyter nbconvert --to notebook');
    expect(await refused(work.path('none.ipynb'))).toContain('no such file or folder');
  });

  it('a kernel that is not there', async () => {
    const path = work.notebook('nb.ipynb', ['1']);
    expect(await refused(path, '--kernel', 'fortran')).toMatch(
      /no kernel "fortran" here; choose one of .*python3/,
    );
  });

  it('a folder that cannot be written', async () => {
    const path = work.notebook('nb.ipynb', ['1']);
    writeFileSync(work.path('file'), '');
    expect(await refused(path, '--out', work.path('file/out'))).toMatch(
      /^jupyter pyperf: cannot write in /,
    );
    expect(await refused(path, '--out', '/proc/pyperf')).toContain('cannot write in /proc/pyperf');
  });

  it('to overwrite the input', async () => {
    const path = work.notebook('nb.ipynb', ['1']);
    const before = readFileSync(path);
    expect(await refused(path, '--out', work.dir)).toContain('never overwrites an input');
    expect(readFileSync(path)).toEqual(before);
  });

  it('options that make no sense', async () => {
    const path = work.notebook('nb.ipynb', ['1']);
    for (const args of [['--cell-timeout', '0'], ['--format', 'pdf'], ['--nope']]) {
      const { code, stderr } = await work.run('run', path, ...args);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^error: /);
    }
  });
});

it('a kernel that cannot start is told with its own words', async () => {
  const dir = work.path('data/kernels/broken');
  mkdirSync(dir, { recursive: true });
  const argv = ['python', '-c', 'import sys; sys.exit("no such thing as a free kernel")'];
  writeFileSync(
    join(dir, 'kernel.json'),
    JSON.stringify({ argv, display_name: 'Broken', language: 'python' }),
  );
  const path = work.notebook('nb.ipynb', ['1']);
  const { code, stderr } = await work.profile(path, '--kernel', 'broken');
  expect(code).toBe(1);
  expect(stderr).toMatch(/the kernel "broken" ended with exit code 1; it wrote:/);
  expect(stderr).toContain('no such thing as a free kernel');
  expect(work.leftovers()).toEqual([]);
});
