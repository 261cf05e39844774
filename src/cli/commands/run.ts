/** `jupyter pyperf run`: executes notebooks under the profiler and writes what was seen. */
import { constants } from 'node:os';
import { renderers, type Format } from '../../render/index.ts';
import { buildReport } from '../../report/index.ts';
import { CliError, EXIT, type ExitCode } from '../errors.ts';
import { hookFile } from '../install-paths.ts';
import { currentEnvironment, dataDirs, runtimeDir } from '../jupyter/paths.ts';
import { pythonFor } from '../jupyter/python.ts';
import { ownDataDirs } from '../jupyter/own-specs.ts';
import { listSpecs, resolveSpec } from '../jupyter/specs.ts';
import { readNotebook, type NotebookFile } from '../notebook/file.ts';
import { kernelNameOf } from '../notebook/model.ts';
import { describeEnding } from '../run/ending.ts';
import { execute } from '../run/execute.ts';
import { createProgress } from '../run/progress.ts';
import { writeResults } from '../run/reports.ts';
import { planTargets, type Target } from '../run/targets.ts';
import { prepareFolder } from '../files/write.ts';
import type { SessionOptions } from '../kernel/session.ts';

export interface RunOptions {
  readonly out: string;
  readonly kernel?: string;
  readonly cellTimeout?: number;
  readonly allowErrors: boolean;
  readonly formats: readonly Format[];
}

interface Job {
  readonly target: Target;
  readonly file: NotebookFile;
  readonly session: Omit<SessionOptions, 'onPublished'>;
}

/**
 * Everything that can be found wrong is found before the first cell runs.
 * @throws CliError
 */
export async function runCommand(paths: readonly string[], options: RunOptions): Promise<ExitCode> {
  const jobs = planTargets(paths, options.out).map(target => prepare(target, options));
  prepareFolder(options.out);
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

async function runOne(job: Job, options: RunOptions, stop: AbortSignal): Promise<ExitCode> {
  const { target, file } = job;
  const progress = createProgress(process.stderr, target.stem);
  try {
    const result = await execute(file.notebook, {
      session: job.session,
      path: target.path,
      allowErrors: options.allowErrors,
      timeoutMs: options.cellTimeout === undefined ? undefined : options.cellTimeout * 1000,
      stop,
      onStart: (step, number, total) => progress.started(step, number, total),
      onEnd: (step, ending) => progress.ended(step, ending),
    }).finally(() => progress.stop());
    const measured = result.profile.merged(target.path);
    // The parser is evaluated when it is needed, and not when the command starts.
    const profile =
      measured &&
      (await (await import('../run/findings.ts')).withFindings(measured, target.folder));
    const report = profile && buildReport(profile);
    const written = writeResults(target, file, report, options.formats);
    if (report) process.stdout.write(`${renderers.txt.render(report)}\n`);
    process.stdout.write(`Written to ${target.outDir}: ${written.join(', ')}\n`);
    if (result.notMeasured !== undefined)
      process.stderr.write(`Not measured: ${result.notMeasured}.\n`);
    const trouble = describeEnding(target, result, process.stderr.isTTY);
    if (trouble !== undefined) process.stderr.write(`${trouble}\n`);
    return result.ended || result.notMeasured !== undefined ? EXIT.failed : EXIT.ok;
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    process.stderr.write(`${target.path}: ${error.message}\n`);
    return error.exitCode;
  }
}
