/** Sets what was sampled against what a program measured itself, line by line. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { attribute, type Attribution } from '../../../kernel/languages/attribution/index.ts';
import {
  createPythonResolver,
  type PythonCode,
} from '../../../kernel/languages/python/resolver.ts';
import type { StackResult } from '../../../kernel/sampling/stacks.ts';
import { OFF_CPU_CAUSES, type Line, type OffCpuCause } from '../../../src/profile/index.ts';
import { namedLines, PROGRAMS, type Sampled } from './sample-program.ts';

export interface LineError {
  readonly name: string;
  /** In percent of all named time. */
  readonly truePercent: number;
  readonly seenPercent: number;
  /** Percentage points. */
  readonly error: number;
}

const folders = new Map<string, readonly string[]>();

function libraryFolders(python: string): readonly string[] {
  let found = folders.get(python);
  if (!found) {
    const code =
      'import sysconfig, site, json; print(json.dumps([sysconfig.get_path("stdlib"), *site.getsitepackages()]))';
    found = JSON.parse(execFileSync(python, ['-c', code], { encoding: 'utf8' })) as string[];
    folders.set(python, found);
  }
  return found;
}

export function attributeProgram(
  python: string,
  result: StackResult,
  cells: PythonCode['cells'] = new Map(),
): Attribution {
  const resolver = createPythonResolver({
    cells,
    libraryFolders: libraryFolders(python),
    cellFolder: '',
    workingDirectory: PROGRAMS,
    readFile: path => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
  });
  return attribute(result, resolver);
}

/** The named line that a profile's line is; several lines may share a name. */
export function nameOf(line: Line, program: string, names: ReadonlyMap<number, string>): string {
  if (!('file' in line.source) || line.source.file !== program) return '';
  return names.get(line.source.line) ?? '';
}

export function selfMsByName(lines: readonly Line[], program: string): Map<string, number> {
  const names = namedLines(program);
  const sums = new Map<string, number>();
  for (const line of lines) {
    // The programs' common part waits for the sampler, and prints: no truth is kept of it.
    if ('file' in line.source && line.source.file === 'pyperf_target.py') continue;
    const name = nameOf(line, program, names);
    sums.set(name, (sums.get(name) ?? 0) + line.selfMs);
  }
  return sums;
}

export function offCpuByName(
  lines: readonly Line[],
  program: string,
): Map<string, Record<OffCpuCause, number>> {
  const names = namedLines(program);
  const sums = new Map<string, Record<OffCpuCause, number>>();
  for (const line of lines) {
    const name = nameOf(line, program, names);
    const sum = sums.get(name) ?? { disk: 0, network: 0, lock: 0, sleep: 0, wait: 0, other: 0 };
    for (const cause of OFF_CPU_CAUSES) sum[cause] += line.offCpuMs[cause];
    sums.set(name, sum);
  }
  return sums;
}

/**
 * Of the main thread, which keeps the truth. Time on lines without a name stays in the whole: a sampler that puts time
 * elsewhere is wrong.
 */
export function lineErrors(sampled: Sampled, python: string, program: string): LineError[] {
  const seen = selfMsByName(attributeProgram(python, mainThread(sampled.result)).lines, program);
  const trueSum = Object.values(sampled.truth).reduce((sum, seconds) => sum + seconds, 0);
  // A line that has a name, but of which no truth is kept, is left out of both.
  const seenSum = [...seen]
    .filter(([name]) => name === '' || name in sampled.truth)
    .reduce((sum, [, time]) => sum + time, 0);
  return Object.entries(sampled.truth).map(([name, seconds]) => {
    const truePercent = (100 * seconds) / trueSum;
    const seenPercent = (100 * (seen.get(name) ?? 0)) / seenSum;
    return { name, truePercent, seenPercent, error: Math.abs(seenPercent - truePercent) };
  });
}

export const mainThread = (result: StackResult): StackResult => ({
  ...result,
  groups: result.groups.filter(group => group.kind === 'main'),
});

export const meanError = (errors: readonly LineError[]): number =>
  errors.reduce((sum, { error }) => sum + error, 0) / errors.length;
export const worstError = (errors: readonly LineError[]): number =>
  Math.max(...errors.map(({ error }) => error));

/** `loop 27.0/26.6`, for a failed test's message. */
export const tell = (errors: readonly LineError[]): string =>
  errors
    .map(
      ({ name, truePercent, seenPercent }) =>
        `${name} ${truePercent.toFixed(1)}/${seenPercent.toFixed(1)}`,
    )
    .join('  ');
