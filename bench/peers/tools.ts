/** The peers as data: how each profiles a script, and what it then knows. */
import { join } from 'node:path';

export interface PeerRun {
  readonly bin: string;
  readonly script: string;
  readonly args: readonly string[];
  /** Where its profile goes. */
  readonly output: string;
}

export interface Peer {
  readonly name: string;
  readonly package?: string;
  readonly measures: string;
  command(run: PeerRun): readonly string[];
  /** It profiles only functions that are marked in the source. */
  readonly marksFunctions?: boolean;
  /** So slow that one round must do. */
  readonly once?: boolean;
  /** Reader of its times in `read_profiles.py`; absent: it tells none. */
  readonly reader?: string;
}

/** Every tool with the options it has by itself; only what it writes, and where, is set. */
export const PEERS: readonly Peer[] = [
  {
    name: 'py-spy',
    package: 'py-spy',
    measures: 'CPU by line, 100 Hz',
    command: ({ bin, script, args, output }) => [
      ...[join(bin, 'py-spy'), 'record', '--format', 'raw', '--output', output],
      ...['--', join(bin, 'python'), script, ...args],
    ],
    reader: 'py_spy',
  },
  {
    name: 'Scalene, CPU only',
    package: 'scalene',
    measures: 'CPU by line, 100 Hz',
    command: run => scalene(run, ['--cpu-only']),
    reader: 'scalene',
  },
  {
    name: 'Scalene, full',
    package: 'scalene',
    measures: 'CPU and memory by line, 100 Hz',
    command: run => scalene(run, ['--memory']),
    reader: 'scalene',
  },
  {
    name: 'pyinstrument',
    package: 'pyinstrument',
    measures: 'time by function, 1 kHz',
    command: ({ bin, script, args, output }) => [
      ...[join(bin, 'pyinstrument'), '--renderer', 'json', '--show-all', '--outfile', output],
      ...[script, ...args],
    ],
    reader: 'pyinstrument',
  },
  {
    name: 'cProfile',
    measures: 'time by function, every call',
    command: ({ bin, script, args, output }) => [
      ...[join(bin, 'python'), '-m', 'cProfile', '-o', output, script, ...args],
    ],
    reader: 'c_profile',
  },
  {
    name: 'line_profiler',
    package: 'line_profiler',
    measures: 'time by line, every line',
    command: ({ bin, script, args, output }) => [
      ...[join(bin, 'kernprof'), '--line-by-line', '--prof-mod', script, '--outfile', output],
      ...[script, ...args],
    ],
    reader: 'line_profiler',
  },
  {
    name: 'memray',
    package: 'memray',
    measures: 'memory, every allocation',
    command: ({ bin, script, args, output }) => [
      ...[join(bin, 'memray'), 'run', '--quiet', '--force', '--output', output, script, ...args],
    ],
  },
  {
    name: 'memory_profiler',
    package: 'memory_profiler',
    measures: 'memory by line, every line',
    command: ({ bin, script, args }) => [
      ...[join(bin, 'python'), '-m', 'memory_profiler', script, ...args],
    ],
    marksFunctions: true,
    once: true,
  },
];

const scalene = ({ bin, script, args, output }: PeerRun, what: readonly string[]): string[] => [
  ...[join(bin, 'scalene'), 'run', ...what, '--outfile', output],
  ...[script, '---', ...args],
];

/** Puts `@profile` before every function, methods too, as its users write it. */
export const markFunctions = (source: string): string =>
  source.replace(/^([ \t]*)(?=(?:async )?def )/gm, '$1@profile\n$1');
