/** `jupyter pyperf run`: executes notebooks under the profiler and writes what was seen. */
import { constants } from 'node:os';
import type { Profile } from '../../profile/index.ts';
import { labelProblem } from '../../profile/kept-runs.ts';
import { renderers, type Format } from '../../render/index.ts';
import { buildReport } from '../../report/index.ts';
import { prepareBudget, tellBudget, type PreparedBudget } from '../budget/budget.ts';
import { CliError, EXIT, type ExitCode } from '../errors.ts';
import { hookFile } from '../install-paths.ts';
import { currentEnvironment, dataDirs, runtimeDir } from '../jupyter/paths.ts';
import { pythonFor } from '../jupyter/python.ts';
import { ownDataDirs } from '../jupyter/own-specs.ts';
import { listSpecs, resolveSpec } from '../jupyter/specs.ts';
import { readNotebook, type NotebookFile } from '../notebook/file.ts';
import { kernelNameOf } from '../notebook/model.ts';
import { describeEnding } from '../run/ending.ts';
import { createProgress } from '../run/progress.ts';
import { runRepeatedly } from '../run/repeat.ts';
import { writeResults } from '../run/reports.ts';
import { planTargets, type Target } from '../run/targets.ts';
import { prepareFolder } from '../files/write.ts';
import { RunFolder } from '../runs/run-folder.ts';
import type { SessionOptions } from '../kernel/session.ts';

export interface RunOptions {
  readonly out: string;
  readonly kernel?: string;
  readonly cellTimeout?: number;
  readonly allowErrors: boolean;
  readonly formats: readonly Format[];
  /** How often each notebook runs. */
  readonly repeat?: number;
  /** A file of limits. */
  readonly budget?: string;
  /** Keeps the run beside the notebook, under a label where there is one. */
  readonly keep?: string | true;
}

interface Job {
  readonly target: Target;
  readonly file: NotebookFile;
  readonly session: Omit<SessionOptions, 'onPublished'>;
  readonly budget: PreparedBudget | undefined;
}

/**
 * Everything that can be found wrong is found before the first cell runs.
 * @throws CliError
 */
export async function runCommand(paths: readonly string[], options: RunOptions): Promise<ExitCode> {
  const targets = planTargets(paths, options.out);
  const jobs = targets.map(target => prepare(target, options));
  prepareFolder(options.out);
  if (options.keep !== undefined) checkKeep(targets, options.keep);
  const stop = new AbortController();
  let exitCode: ExitCode = EXIT.ok;
  const onSignal = (signal: NodeJS.Signals): void => {
    // The second time a person means it: everything ends now, and the kernel with us.
    if (stop.signal.aborted) process.exit(128 + constants.signals[signal]);
    exitCode = signal === 'SIGINT' ? EXIT.interrupted : EXIT.terminated;
    process.stderr.write('\nStopping: the running cell is interrupted.\n');
    stop.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    for (const job of jobs) {
      if (stop.signal.aborted) break;
      const code = await runOne(job, options, stop.signal);
      if (exitCode === EXIT.ok) exitCode = code;
    }
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
  return exitCode;
}

function prepare(target: Target, options: RunOptions): Job {
  const environment = currentEnvironment();
  const file = readNotebook(target.path);
  const spec = resolveSpec(
    options.kernel ?? kernelNameOf(file.notebook),
    listSpecs([...dataDirs(environment), ...ownDataDirs(target.folder)]),
  );
  return {
    target,
    file,
    budget: options.budget === undefined ? undefined : prepareBudget(options.budget, target.path),
    session: {
      hookFile: hookFile(),
      kernelName: spec.name,
      specDir: spec.dir,
      python: pythonFor(spec, environment),
      interruptMode: spec.json.interrupt_mode,
      cwd: target.folder,
      runtimeDir: runtimeDir(environment),
    },
  };
}

/** @throws CliError */
function checkKeep(targets: readonly Target[], label: string | true): void {
  if (label !== true) {
    if (label.endsWith('.ipynb'))
      throw new CliError(`--keep took ${label} for a label: write --keep behind the notebooks`);
    const problem = labelProblem(label);
    if (problem !== null) throw new CliError(`--keep ${label}: ${problem}`);
  }
  for (const target of targets) prepareFolder(new RunFolder(target.path).dir);
}

async function runOne(job: Job, options: RunOptions, stop: AbortSignal): Promise<ExitCode> {
  const { target, file } = job;
  const times = options.repeat ?? 1;
  try {
    const ran = await runRepeatedly(file, times, run => {
      const name = times > 1 ? `${target.stem}, run ${run} of ${times}` : target.stem;
      const progress = createProgress(process.stderr, name);
      return {
        session: job.session,
        path: target.path,
        allowErrors: options.allowErrors,
        timeoutMs: options.cellTimeout === undefined ? undefined : options.cellTimeout * 1000,
        stop,
        onStart: (step, number, total) => progress.started(step, number, total),
        onEnd: (step, ending) => progress.ended(step, ending),
        finished: () => progress.stop(),
      };
    });
    // The parser is evaluated when it is needed, and not when the command starts.
    const profile =
      ran.profile &&
      (await (await import('../run/findings.ts')).withFindings(ran.profile, target.folder));
    const report = profile && buildReport(profile);
    const written = writeResults(target, ran.file, report, options.formats);
    if (report) process.stdout.write(`${renderers.txt.render(report)}\n`);
    process.stdout.write(`Written to ${target.outDir}: ${written.join(', ')}\n`);
    const { result } = ran;
    if (result.notMeasured !== undefined)
      process.stderr.write(`Not measured: ${result.notMeasured}.\n`);
    const trouble = describeEnding(target, result, process.stderr.isTTY);
    if (trouble !== undefined) process.stderr.write(`${trouble}\n`);
    if (!ran.isWhole || !profile) {
      if (options.keep !== undefined)
        process.stderr.write('The run is not kept, because it did not go to its end.\n');
      return EXIT.failed;
    }
    // The budget first: what `latest` means must not be the run itself, and a full disk must not hide what it says.
    const isWithin = job.budget === undefined || tellBudget(job.budget, profile);
    if (options.keep !== undefined) keep(target, profile, options.keep);
    return isWithin ? EXIT.ok : EXIT.overBudget;
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    process.stderr.write(`${target.path}: ${error.message}\n`);
    return error.exitCode;
  }
}

function keep(target: Target, profile: Profile, label: string | true): void {
  const path = new RunFolder(target.path).keep(profile, label === true ? undefined : label);
  process.stdout.write(`Kept as ${path}\n`);
}
