/** Threads and callers in each other's way, and cores that were idle, as sentences. */
import type { LockWait } from '../../profile/index.ts';
import type { Report } from '../../report/index.ts';
import { countOf, formatCores, formatMs, formatRoundShare, formatSource } from '../format.ts';
import { loadWords } from './endpoints.ts';

const TOP = 5;
const MIN_SHARE = 0.01;
/** Of the cores that are there: a run that uses fewer has work for others, where it computes. */
const IDLE_CORES_SHARE = 0.6;
const BUSY_CORES = 0.8;

export function concurrencySentences(report: Report): string[] {
  const { run, lockWaits, requests } = report;
  const part = (ms: number | null, words: string) => {
    const share = (ms ?? 0) / (run.wallTimeMs || 1);
    return share >= MIN_SHARE ? [`${formatRoundShare(share)} of execution time ${words}`] : [];
  };
  const sentences = [
    ...part(run.time?.offCpuMs.lock ?? null, 'waiting for locks'),
    ...part(run.gilWaitMs, "waiting for Python's global lock"),
    ...part(run.runQueueMs, 'ready to run but without a core'),
    ...lockWaits
      .filter(({ waitMs }) => waitMs >= MIN_SHARE * run.wallTimeMs)
      .slice(0, TOP)
      .map(lockWords),
    ...requests
      .filter(({ role }) => role === 'server')
      .flatMap(request => loadWords(request) ?? [])
      .slice(0, TOP),
  ];
  return sentences.length > 0 ? [...sentences, ...coresSentences(report)] : [];
}

/** `4.2 s waiting for a lock at [3]:12, up to 8 threads at once; held at [3]:15`. */
export function lockWords({ kind, waitMs, source, waiters, heldAt }: LockWait): string {
  const what = kind === 'pool' ? 'a place in a pool' : 'a lock';
  const holders = heldAt.slice(0, 3).map(formatSource);
  const held = holders.length > 0 ? `; held at ${holders.join(', ')}` : '';
  return `${formatMs(waitMs)} waiting for ${what} at ${formatSource(source)}, up to ${countOf(waiters, 'thread')} at once${held}`;
}

/** Beside contention only: one busy core is how Python computes, and no news. */
function coresSentences({ run, profile }: Report): string[] {
  const cores = run.cpuCores.value;
  const { cpuCount } = profile.environment;
  if (cores === null || cores < BUSY_CORES || cores > IDLE_CORES_SHARE * cpuCount) return [];
  return [`${formatCores(cores)} of ${cpuCount} in use`];
}
