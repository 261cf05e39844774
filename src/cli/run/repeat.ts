/** Runs a notebook as often as was asked, each time in a fresh kernel, and puts the runs together. */
import { joinRepeats } from '../../analysis/index.ts';
import type { Profile } from '../../profile/index.ts';
import type { NotebookFile } from '../notebook/file.ts';
import { execute, type ExecuteOptions, type ExecuteResult } from './execute.ts';

export interface RepeatedRun {
  /** Of the run that the profile is of. */
  readonly file: NotebookFile;
  readonly result: ExecuteResult;
  /** Undefined when no cell was measured. */
  readonly profile: Profile | undefined;
  /** It went to the end each time. */
  readonly isWhole: boolean;
}

/** A run that does not go to the end is the last, and the one that is told: no median is made of halves. */
export async function runRepeatedly(
  file: NotebookFile,
  times: number,
  optionsOf: (run: number) => ExecuteOptions & { readonly finished: () => void },
): Promise<RepeatedRun> {
  const runs: RepeatedRun[] = [];
  for (let run = 1; run <= times; run++) {
    const copy = { ...file, notebook: structuredClone(file.notebook) };
    const { finished, ...options } = optionsOf(run);
    const result = await execute(copy.notebook, options).finally(finished);
    const profile = result.profile.merged(options.path);
    const isWhole = result.ended === undefined && result.notMeasured === undefined;
    const ran: RepeatedRun = { file: copy, result, profile, isWhole };
    if (!isWhole || !profile) return ran;
    runs.push(ran);
  }
  const joined = joinRepeats(runs.flatMap(ran => ran.profile ?? []));
  const median = runs.find(ran => ran.profile?.startedAt === joined?.startedAt) ?? runs[0];
  if (!median) throw new RangeError('a notebook runs at least once');
  return { ...median, profile: joined };
}
