/** Runs kept, repeated, compared and held against budgets: the built command with real kernels. */
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatMs, formatShare } from '../../../src/render/format.ts';
import { Workplace } from './harness.ts';

let work: Workplace;
beforeEach(() => {
  work = new Workplace();
});
afterEach(() => work.remove());

/** @param seconds that the second cell takes, by waiting: no machine is too fast or too slow for it. */
const cells = (seconds: number) => [
  '# Set up\nimport time\nheld = bytearray(30_000_000)',
  `# Work\ntime.sleep(${seconds})`,
];
const runs = (): string[] => {
  const folder = work.path('pyperf-runs');
  return existsSync(folder) ? readdirSync(folder).sort() : [];
};

describe('jupyter pyperf compare', () => {
  it('shows what got better between two files, in each form', async () => {
    const slow = work.notebook('slow.ipynb', cells(1.2));
    const fast = work.notebook('fast.ipynb', cells(0.3));
    expect((await work.profile(slow, fast)).code).toBe(0);
    const [before, after] = ['slow', 'fast'].map(stem => join(work.out, `${stem}.pyperf.json`));
    const text = await work.run('compare', before!, after!);
    expect(text.code).toBe(0);
    const [wasMs = NaN, isMs = NaN] = ['slow', 'fast'].map(
      stem => work.measured(stem).cells[1]?.wallTimeMs,
    );
    const figures = '[\\d.]+ m?s +[\\d.]+ m?s +[\\d.]+%\n';
    expect(text.stdout).toMatch(new RegExp(`Metric +Before +After +Improvement\nTime +${figures}`));
    const told = [formatMs(wasMs), formatMs(isMs), formatShare(1 - isMs / wasMs)];
    expect(text.stdout.replace(/ +/g, ' ')).toContain(`[2] Work, edited ${told.join(' ')}`);
    expect(text.stdout).toContain('the noise is not known');

    const json = JSON.parse((await work.run('compare', before!, after!, '-f', 'json')).stdout) as {
      cells: { changes: { metric: string; improvement: number }[] }[];
    };
    expect(json.cells[1]?.changes[0]?.improvement).toBeCloseTo(1 - isMs / wasMs, 2);
    const page = work.path('page.html');
    expect((await work.run('compare', before!, after!, '-f', 'html', '-o', page)).code).toBe(0);
    expect(readFileSync(page, 'utf8')).toContain('verdict-better');
  });

  it('says in a sentence what it cannot find', async () => {
    const nothing = await work.run('compare', 'a', 'b');
    expect(nothing.code).toBe(2);
    expect(nothing.stderr).toContain('a is no file, and there are no kept runs in pyperf-runs');
    const missing = await work.run('compare', 'a.pyperf.json', 'b.pyperf.json');
    expect(missing.stderr).toBe(
      'jupyter pyperf: cannot read a.pyperf.json: no such file or folder\n',
    );
  });
});

describe('kept runs', () => {
  it('are listed, and found by label, by date and by place', async () => {
    const path = work.notebook('nb.ipynb', cells(0.6));
    expect((await work.profile(path, '--keep', 'before the fix')).stdout).toContain('Kept as ');
    work.notebook('nb.ipynb', cells(0.1));
    expect((await work.profile(path, '--keep')).code).toBe(0);
    expect(runs()).toEqual([
      '.gitignore',
      expect.stringMatching(/^nb \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d before the fix\.pyperf\.json$/),
      expect.stringMatching(/^nb \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.pyperf\.json$/),
    ]);
    expect(readFileSync(work.path('pyperf-runs/.gitignore'), 'utf8')).toBe('*\n');

    const list = (await work.run('runs', path)).stdout;
    expect(list).toMatch(/Run \(UTC\) +Label +Time +Peak memory +Findings +Size\n/);
    expect(list).toMatch(/\d before the fix|before the fix +\d/);
    const date = /nb (\S+ \S+) before/.exec(runs()[1] ?? '')?.[1] ?? '';
    for (const [before, after] of [
      ['before the fix', 'latest'],
      ['previous', 'latest'],
      [date, 'latest'],
    ]) {
      const { code, stdout } = await work.run('compare', before!, after!);
      expect(code).toBe(0);
      expect(stdout).toMatch(/\[2\] Work, edited +6\d\d ms +1\d\d ms +[78]\d\.\d%/);
    }
    const wrong = await work.run('compare', '--notebook', path, 'nothing', 'latest');
    expect(wrong.stderr).toContain('no kept run has the label or the date "nothing"');
  });

  it('refuse a label that is none, and a notebook taken for one, before anything runs', async () => {
    const path = work.notebook('nb.ipynb', ['1']);
    const label = await work.profile(path, '--keep', 'a/b');
    expect(label.code).toBe(2);
    expect(label.stderr).toContain('--keep a/b: a label is part of a file name');
    const swallowed = await work.profile('--keep', path, path);
    expect(swallowed.code).toBe(2);
    expect(swallowed.stderr).toContain('write --keep behind the notebooks');
    expect(runs()).toEqual([]);
  });

  it.skipIf(process.getuid?.() === 0)('say so where they cannot be written', async () => {
    const path = work.notebook('nb.ipynb', ['1']);
    chmodSync(work.dir, 0o555);
    const { code, stderr } = await work.run('run', '--out', '/tmp', '--keep', '--', path);
    chmodSync(work.dir, 0o755);
    expect(code).toBe(2);
    expect(stderr).toMatch(/cannot write in .*pyperf-runs: permission denied/);
  });

  it('say so where a file is in the way, and lose nothing', async () => {
    const path = work.notebook('nb.ipynb', ['1']);
    writeFileSync(work.path('pyperf-runs'), 'mine');
    const { code, stderr } = await work.profile(path, '--keep');
    expect(code).toBe(2);
    expect(stderr).toMatch(/cannot write in .*pyperf-runs: there is already a file of that name/);
    expect(readFileSync(work.path('pyperf-runs'), 'utf8')).toBe('mine');
  });

  it('are none of runs that fail', async () => {
    const path = work.notebook('nb.ipynb', ['1/0']);
    const { code, stderr } = await work.profile(path, '--keep');
    expect(code).toBe(1);
    expect(stderr).toContain('The run is not kept, because it did not go to its end.');
  });
});

describe('--repeat', () => {
  it('gives medians with intervals, each run in a fresh kernel', async () => {
    const path = work.notebook('nb.ipynb', [
      ...cells(0.2),
      'assert "seen" not in globals()\nseen = True',
    ]);
    const { code, stdout, stderr } = await work.profile(path, '--repeat', '3', '--keep', 'three');
    expect(code).toBe(0);
    expect(stderr).toContain('nb, run 3 of 3 3/3');
    const { spread, cells: measured } = work.measured('nb');
    expect(spread?.runs).toBe(3);
    expect(spread?.confidence).toBe(0.75);
    const { wallTimeMs } = measured[1]?.spread ?? {};
    expect(wallTimeMs?.low).toBeGreaterThanOrEqual(200);
    expect(wallTimeMs?.high).toBeLessThan(2000);
    expect(stdout).toContain('Repeated Runs:\n- Median of 3 runs');
    const same = await work.run('compare', '--notebook', path, 'three', 'latest');
    expect(same.stdout).toContain('at least 75%');
    expect(same.stdout).toMatch(/Time +\S+ \S+ \(.+ to .+\) .+ the same/);
  });

  it('stops at a run that fails, and tells that one', async () => {
    const counter = work.path('count');
    const path = work.notebook('nb.ipynb', [
      `open(${JSON.stringify(counter)}, "a").write("x")`,
      `assert len(open(${JSON.stringify(counter)}).read()) < 2`,
    ]);
    const { code, stderr } = await work.profile(path, '--repeat', '5');
    expect(code).toBe(1);
    expect(stderr).toContain('AssertionError');
    expect(readFileSync(counter, 'utf8')).toBe('xx');
    expect(work.measured('nb').spread).toBeUndefined();
  });
});

describe('--budget', () => {
  const budget = (text: string): string => {
    writeFileSync(work.path('budget.yml'), text);
    return work.path('budget.yml');
  };

  it('passes within its limits, and fails a pipeline beyond them', async () => {
    const path = work.notebook('nb.ipynb', cells(0.6));
    const kept = budget('notebook: { time: 1 min, memory: 4 GB }');
    const well = await work.profile(path, '--budget', kept, '--keep', 'main');
    expect(well.code).toBe(0);
    expect(well.stdout).toContain('2 limits kept.');

    work.notebook('nb.ipynb', cells(1.5));
    const tight = budget(
      'cells: [{ label: Work, time: 1 s }]\nbaseline: main\nmaxRegression: { time: 20% }\n',
    );
    const over = await work.profile(path, '--budget', tight);
    expect(over.code).toBe(3);
    expect(over.stdout).toMatch(/\d of \d limits exceeded\nOf +Limit +Allowed +Measured\n/);
    expect(over.stdout).toMatch(/cell Work +time +1\.0 s +1\.\d s\n/);
    expect(over.stdout).toMatch(/cell Work +time regression +\+20\.0% +\+\d+\.\d%/);
    expect(existsSync(join(work.out, 'nb.pyperf.json'))).toBe(true);
  });

  it('is refused before anything runs, when it says nonsense or has no baseline', async () => {
    const path = work.notebook('nb.ipynb', ['1']);
    const wrong = await work.profile(path, '--budget', budget('notebook: { tiem: 1 s }'));
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('notebook has the unknown key "tiem"; known are time, memory');
    const lost = await work.profile(
      path,
      '--budget',
      budget('{ baseline: main, maxRegression: 10% }'),
    );
    expect(lost.code).toBe(2);
    expect(lost.stderr).toContain('no kept run has the label or the date "main"');
    expect(existsSync(join(work.out, 'nb.ipynb'))).toBe(false);
  });
});
