/** What the status bar says of a notebook. Pure. */
import {
  formatBytes,
  formatMs,
  formatRoundMs,
  formatRoundShare,
} from '../../../src/render/format.ts';
import type { HookState } from '../model/model.ts';

/** The cell that runs, as far as it was measured. */
export interface RunningCell {
  readonly name: string;
  readonly elapsedMs: number;
  /** Null when it was not measured. */
  readonly rssBytes: number | null;
  readonly limitBytes: number;
  readonly limitSource: 'cgroup' | 'machine';
}

export interface StatusInput {
  readonly hook: HookState;
  readonly running: RunningCell | null;
  /** Of the cell that ended last, in milliseconds; null when none has run. */
  readonly lastMs: number | null;
}

export interface StatusWords {
  readonly text: string;
  readonly tooltip: string;
  /** Most of the memory is in use. */
  readonly isNearLimit: boolean;
}

const NEAR_LIMIT = 0.9;
const OPENS = 'Click to open the report.';

export function statusWords({ hook, running, lastMs }: StatusInput): StatusWords {
  if (running) return runningWords(running);
  const last = lastMs === null ? '' : formatMs(lastMs);
  const lastSentence = last && ` The last cell took ${last}.`;
  switch (hook) {
    case 'connected':
      return {
        text: last ? `PyPerf: ${last}` : 'PyPerf',
        tooltip: `PyPerf measures this kernel.${lastSentence} ${OPENS}`,
        isNearLimit: false,
      };
    case 'connecting':
      return {
        text: 'PyPerf …',
        tooltip: `Looking whether PyPerf measures this kernel.${lastSentence} ${OPENS}`,
        isNearLimit: false,
      };
    case 'absent':
      return {
        text: 'PyPerf off',
        tooltip: `This kernel runs without PyPerf. "Profile Notebook" offers to switch.${lastSentence} ${OPENS}`,
        isNearLimit: false,
      };
  }
}

function runningWords(running: RunningCell): StatusWords {
  const { name, elapsedMs, rssBytes, limitBytes, limitSource } = running;
  const parts = [name || 'Running', formatRoundMs(elapsedMs)];
  let tooltip = `Runs for ${formatRoundMs(elapsedMs)}.`;
  const share = rssBytes === null ? 0 : rssBytes / limitBytes;
  if (rssBytes !== null) {
    const of = `${formatBytes(rssBytes)} of ${formatBytes(limitBytes)}`;
    parts.push(share >= NEAR_LIMIT ? `${of} (${formatRoundShare(share)})` : of);
    const whose = limitSource === 'cgroup' ? "the container's limit" : "the machine's memory";
    tooltip += ` The kernel holds ${of} (${formatRoundShare(share)} of ${whose}).`;
  }
  return {
    text: parts.join(' · '),
    tooltip: `${name ? `${name}: ` : ''}${tooltip} ${OPENS}`,
    isNearLimit: share >= NEAR_LIMIT,
  };
}
