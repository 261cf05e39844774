/** Runs one study's two notebooks by the built command, shows their summaries and comparison, and checks them. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parseProfile, type Profile } from '../../src/profile/index.ts';
import { checkFindings, checkGone, checkShares } from './check-study.ts';
import { StudySchema, TimingsSchema } from './expectations.ts';
import { findingWords, shareWords, stillThereWords } from './words.ts';

export interface Surroundings {
  readonly root: string;
  /** The virtual environment whose Python runs the notebooks. */
  readonly venv: string;
  readonly print: (text: string) => void;
}

const VARIANTS = ['slow', 'improved'] as const;
type Variant = (typeof VARIANTS)[number];

/** @returns what is wrong, a line each. */
export async function runStudy(name: string, around: Surroundings): Promise<readonly string[]> {
  const { root, print } = around;
  const folder = join(root, 'case-studies', name);
  const out = join(root, 'pyperf-out', 'case-studies', name);
  mkdirSync(out, { recursive: true });
  const study = StudySchema.parse(json(join(root, 'case-studies', 'expectations', `${name}.json`)));
  // Before the run, so that making the data is no part of what is measured.
  const data = ['-c', 'import make_data; make_data.ensure()'];
  await need(join(around.venv, 'bin', 'python'), data, folder, around);
  const profiles = {
    slow: await profileOf('slow', name, folder, out, around),
    improved: await profileOf('improved', name, folder, out, around),
  };
  print(`\n${study.title}: slow and improved\n`);
  const files = VARIANTS.map(variant => join(out, `${variant}.pyperf.json`));
  print(await cli(['compare', ...files], folder, around));

  const readFile = (path: string): string => readFileSync(join(folder, path), 'utf8');
  const timings = TimingsSchema.parse(json(join(folder, 'data', 'timings-slow.json')));
  const found = checkFindings(study, profiles.slow, readFile);
  const shares = checkShares(study, profiles.slow, timings, readFile);
  const left = checkGone(study, profiles.improved);
  const lines = [
    ...found.map(findingWords),
    ...left.map(stillThereWords),
    ...shares.map(shareWords),
  ];
  print(lines.join('\n'));
  return lines.filter(line => line.startsWith('✗'));
}

async function profileOf(
  variant: Variant,
  name: string,
  folder: string,
  out: string,
  around: Surroundings,
): Promise<Profile> {
  const startMs = performance.now();
  const options = ['--out', out, '--format', 'json,txt,html'];
  await cli(['run', `${variant}.ipynb`, ...options], folder, around);
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  around.print(`\n▸ ${name}, ${variant}: ran in ${seconds} s\n`);
  around.print(readFileSync(join(out, `${variant}.txt`), 'utf8').trimEnd());
  return parseProfile(json(join(out, `${variant}.pyperf.json`)));
}

const cli = (args: readonly string[], cwd: string, around: Surroundings): Promise<string> =>
  need(
    process.execPath,
    [join(around.root, 'dist', 'cli', 'jupyter-pyperf.mjs'), ...args],
    cwd,
    around,
  );

/** @throws Error with what the program wrote, when it fails. */
function need(
  program: string,
  args: readonly string[],
  cwd: string,
  { venv }: Surroundings,
): Promise<string> {
  return new Promise((done, fail) => {
    const path = `${join(venv, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`;
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, PATH: path, VIRTUAL_ENV: venv },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', fail);
    child.once('close', code => {
      if (code === 0) done(stdout.trimEnd());
      else fail(new Error(`${args.join(' ')} ended with ${code}:\n${output.trimEnd()}`));
    });
  });
}

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
