// @ts-check
/**
 * `npm run binder`: does what repo2docker does with `binder/`, in an empty environment, and runs the tour to its end.
 *
 * A virtual environment stands for the conda environment of `environment.yml`: its Node is the one that runs this.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { ROOT, run, SetupError, step, tail } from './lib/step.mjs';
import { main } from './setup.mjs';

const folder = mkdtempSync(join(tmpdir(), 'pyperf-binder-'));
const repository = join(folder, 'repository');
const prefix = join(folder, 'environment');
const bin = join(prefix, 'bin');

/**
 * @param {string} program
 * @param {readonly string[]} args
 */
async function must(program, args, cwd = repository) {
  const env = {
    PATH: [bin, dirname(process.execPath), process.env.PATH].join(delimiter),
    VIRTUAL_ENV: prefix,
    JUPYTER_RUNTIME_DIR: join(folder, 'runtime'),
  };
  const result = await run(program, args, { cwd, env });
  if (result.code !== 0)
    throw new SetupError(`${program} ${args.join(' ')} failed.\n${tail(result.output, 30)}`);
  return result;
}

await main(async () => {
  try {
    await step('a copy of the tracked files', async () => {
      const { stdout } = await must('git', ['ls-files', '-z'], ROOT);
      for (const file of stdout.split('\0').filter(Boolean))
        cpSync(join(ROOT, file), join(repository, file));
      return 'done';
    });
    await step('environment', async () => {
      await must('python3', ['-m', 'venv', prefix], ROOT);
      await must(join(bin, 'pip'), ['install', '--quiet', '-r', 'binder/requirements.txt']);
      return 'done';
    });
    await step('postBuild', async () => {
      await must('bash', ['binder/postBuild']);
      return 'done';
    });
    await step('tour', async () => {
      await must(join(bin, 'jupyter'), ['execute', '--output=ran.ipynb', 'binder/tour.ipynb']);
      check(JSON.parse(readFileSync(join(repository, 'binder/ran.ipynb'), 'utf8')));
      return 'done';
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** @param {{ cells: { cell_type: string, id: string, source: string | string[], metadata: Record<string, unknown>, outputs: object[] }[] }} notebook */
function check({ cells }) {
  const code = cells.filter(cell => cell.cell_type === 'code');
  for (const { id, source, metadata, outputs } of code) {
    if (metadata['pyperf'] === undefined) throw new SetupError(`cell ${id} has no figures`);
    const isProfiled = /^%%pyperf(?! -h)/.test([source].flat().join(''));
    const hasProfile = JSON.stringify(outputs).includes('application/vnd.pyperf.v1+json');
    if (isProfiled && !hasProfile) throw new SetupError(`cell ${id} shows no profile`);
  }
  console.log(`${code.length} cells ran, each with its figures.`);
}
