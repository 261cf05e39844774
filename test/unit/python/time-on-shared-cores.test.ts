/** Where a thread's time goes on machines that give it, or the sampler, no core of its own: simulated, to know the truth. */
import { describe, expect, it } from 'vitest';
import { StackTree } from '../../../kernel/languages/python/cpython/stack-tree.ts';
import type { Activity } from '../../../kernel/languages/python/cpython/thread-activity.ts';
import { TimeLedger } from '../../../kernel/languages/python/cpython/time-ledger.ts';
import { Random } from '../../support/random.ts';

const STEP_MS = 0.02;
const LENGTH_MS = 4000;

interface Machine {
  /** The host takes the thread's core away so long, so often, while it runs. */
  readonly takesThread?: { readonly forMs: number; readonly everyMs: number };
  /** The host takes all cores away, whatever runs. */
  readonly takesAll?: { readonly forMs: number; readonly everyMs: number };
  /** In this share of looks the sampler gets no core before the thread has given its own up. */
  readonly waitsForThread?: number;
}

interface Program {
  readonly runMs: number;
  readonly sleepMs: number;
}

/** @returns shares of the time in which the thread slept, in percent: by the program's own clock, and as told. */
function simulate({ runMs, sleepMs }: Program, machine: Machine): { true: number; told: number } {
  const random = new Random(7);
  const around = (ms: number): number => ms * (0.5 + random.next());
  const tree = new StackTree({ left: 10 });
  const [running, sleeping] = [tree.child(0, 0), tree.child(0, 1)];
  const ledger = new TimeLedger({ tree, gilWaitMs: 0 });
  const activity = (state: Activity['state']): Activity => ({ state, path: undefined, gil: false });

  let [isAsleep, leftMs] = [false, around(runMs)];
  let [runnableMs, sleptMs] = [0, 0];
  let [threadTakenMs, allTakenMs] = [0, 0];
  let [untilThreadTakenMs, untilAllTakenMs] = [
    around(machine.takesThread?.everyMs ?? Infinity),
    around(machine.takesAll?.everyMs ?? Infinity),
  ];
  let [lookDueMs, lookMs] = [around(1), 0];
  /** How often it woke up, now and at the last look. */
  let [wakes, wakesBefore] = [0, -1];
  let wasAsleep = false;
  let looksAtEnd = false;
  for (let nowMs = 0; nowMs < LENGTH_MS; nowMs += STEP_MS) {
    if (isAsleep) sleptMs += STEP_MS;
    if ((untilAllTakenMs -= STEP_MS) <= 0 && machine.takesAll) {
      allTakenMs = around(machine.takesAll.forMs);
      untilAllTakenMs = allTakenMs + around(machine.takesAll.everyMs);
    }
    const isFrozen = (allTakenMs -= STEP_MS) > 0;
    // An alarm rings on time, but somebody must be there to hear it.
    if (isAsleep) {
      leftMs -= STEP_MS;
      if (leftMs <= 0 && !isFrozen) [isAsleep, leftMs, wakes] = [false, around(runMs), wakes + 1];
    } else if (!isFrozen) {
      if ((untilThreadTakenMs -= STEP_MS) <= 0 && machine.takesThread) {
        threadTakenMs = around(machine.takesThread.forMs);
        untilThreadTakenMs = threadTakenMs + around(machine.takesThread.everyMs);
      }
      if ((threadTakenMs -= STEP_MS) <= 0) {
        runnableMs += STEP_MS;
        if ((leftMs -= STEP_MS) <= 0) [isAsleep, leftMs] = [true, around(sleepMs)];
      }
    }
    if (isFrozen || nowMs < lookDueMs) continue;
    if (!isAsleep && looksAtEnd) continue;
    const keptCore = wakes === wakesBefore;
    if (isAsleep && wasAsleep && keptCore) ledger.stayed(nowMs - lookMs);
    else {
      const leaf = isAsleep
        ? { node: sleeping, activity: activity('sleep') }
        : { node: running, activity: activity('cpu') };
      ledger.moved([leaf], nowMs - lookMs, runnableMs, keptCore);
    }
    wasAsleep = isAsleep;
    wakesBefore = wakes;
    lookMs = nowMs;
    lookDueMs = nowMs + around(1);
    looksAtEnd = random.next() < (machine.waitsForThread ?? 0);
  }
  ledger.flush();
  const toldMs = tree.nodes()[sleeping]?.selfMs.sleep ?? NaN;
  return { true: (100 * sleptMs) / LENGTH_MS, told: (100 * toldMs) / lookMs };
}

const LONG_RUNS: readonly Program[] = [
  { runMs: 8, sleepMs: 2 },
  { runMs: 3, sleepMs: 3 },
];
/** Shorter than the time between two looks. */
const SHORT_RUNS: Program = { runMs: 0.6, sleepMs: 0.4 };

interface Case {
  readonly name: string;
  readonly machine: Machine;
  readonly programs: readonly Program[];
}
/** What a host takes during a run is seen only where two looks meet the run. */
const MACHINES: readonly Case[] = [
  { name: 'with a core for each', machine: {}, programs: [...LONG_RUNS, SHORT_RUNS] },
  {
    name: 'that gives the sampler a core once the thread needs none',
    machine: { waitsForThread: 0.5 },
    programs: [...LONG_RUNS, SHORT_RUNS],
  },
  {
    name: 'whose host takes the core of what runs',
    machine: { takesThread: { forMs: 3, everyMs: 15 } },
    programs: LONG_RUNS,
  },
  {
    name: 'whose host takes all cores',
    machine: { takesAll: { forMs: 5, everyMs: 30 } },
    programs: LONG_RUNS,
  },
];
/** Percentage points; where a sixth of the time is taken away, the scheduler's figures alone are off by 7 to 14. */
const WITHIN = 1.5;

describe.each(MACHINES)('a machine $name', ({ machine, programs }) => {
  it.each(programs)(
    'knows how long a program slept that runs $runMs ms and sleeps $sleepMs',
    program => {
      const share = simulate(program, machine);
      expect(Math.abs(share.told - share.true), JSON.stringify(share)).toBeLessThan(WITHIN);
    },
  );
});
