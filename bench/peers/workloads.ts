/** The workloads: Python files beside this one, each with a `unit` of work that `drive.py` repeats and times. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FOLDER } from './environment.ts';

export interface Workload {
  readonly name: string;
  readonly script: string;
  /** The same for a notebook's cell, where asyncio's loop runs already. */
  readonly cell: string;
}

/** @param seconds that each run of a workload shall take. */
export function readWorkloads(seconds: number): readonly Workload[] {
  const drive = readFileSync(join(FOLDER, 'drive.py'), 'utf8');
  return readdirSync(join(FOLDER, 'workloads'))
    .filter(file => file.endsWith('.py'))
    .map(file => {
      const work = readFileSync(join(FOLDER, 'workloads', file), 'utf8');
      const source = `${work}\n\n${drive}\n\n`;
      const awaits = /^async def unit/m.test(work);
      return {
        name: basename(file, '.py'),
        script: awaits
          ? `${source}import asyncio\n\nasyncio.run(pyperf_bench_drive_async(${seconds}))\n`
          : `${source}pyperf_bench_drive(${seconds})\n`,
        cell: awaits
          ? `${source}await pyperf_bench_drive_async(${seconds})\n`
          : `${source}pyperf_bench_drive(${seconds})\n`,
      };
    });
}
