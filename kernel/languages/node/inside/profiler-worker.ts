/**
 * The profiler's thread inside tslab's process. It sleeps while no cell is profiled, samples the main thread through an
 * inspector session while one is, and writes what it saw into the mailbox, also in between for the live view.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { MailboxWriter } from '../mailbox.ts';
import type { StacksRecord } from '../told.ts';
import { allocationsOf } from './allocations.ts';
import { CellProfile } from './cell-profile.ts';
import { ChunkLength } from './chunk-length.ts';
import { ChunkedProfiler } from './chunked-profiler.ts';
import { RunTimeline } from './run-time.ts';
import { Scripts } from './scripts.ts';
import type { Site } from './to-stacks.ts';
import {
  EVENT_COUNT,
  IS_FREE,
  SharedState,
  TURN,
  type FromProfiler,
  type ToProfiler,
  type WorkerSetup,
} from './worker-messages.ts';

const TICK_MS = 10;
const FIRST_TICK_MS = 5;
const RUN_TIME_MS = 5;
/** How often the live view is told, and how rarely at most: a long cell need not be told as often as at its start. */
const FIRST_TOLD_MS = 300;
const LONGEST_TOLD_MS = 1000;
/** The part of its time that this thread may spend on telling. */
const TOLD_SHARE = 0.1;
/** A look takes some tenths of a millisecond: as many of them for a cell twice as long would be as much of its time. */
const FIRST_LOOK_MS = 30;
const LONGEST_LOOK_MS = 100;
const LOOK_SHARE = 1 / 25;
/** How long the profiler stays on after a cell, for the next one. */
const LINGER_MS = 3000;

const setup = workerData as WorkerSetup;
const shared = new SharedState(setup.shared);
const mailbox = new MailboxWriter(setup.mailboxFd);
const scripts = new Scripts(setup.ownFolder);
const sites = new Map<number, Site>();
const profiler = new ChunkedProfiler();
const runTimes = new RunTimeline(setup.threadId);

interface Running {
  readonly key: string;
  readonly profile: CellProfile;
  readonly allocations: boolean;
  readonly notes: string[];
  readonly length: ChunkLength;
  chunkFromUs: number;
  readonly startMs: number;
  chunkFromMs: number;
  nextToldMs: number;
  nextLookMs: number;
  /** Times that the live view was told. */
  told: number;
}

let running: Running | undefined;
let reading: NodeJS.Timeout | undefined;
let stopTimer: NodeJS.Timeout | undefined;
/** Commands and ticks touch the profiler one after the other. */
let line: Promise<void> = Promise.resolve();

const nowUs = (): number => Number(process.hrtime.bigint() / 1000n);

function enqueue(step: () => Promise<void>): void {
  line = line.then(step).catch((error: unknown) => {
    running?.notes.push(`V8's profiler failed: ${(error as Error).message}.`);
  });
}

async function begin(message: Extract<ToProfiler, { type: 'begin' }>): Promise<void> {
  clearTimeout(stopTimer);
  const notes: string[] = [];
  let baseline: readonly string[] = [];
  try {
    if (profiler.isRunning && profiler.intervalUs !== message.intervalUs) await profiler.stop();
    if (profiler.isRunning) await profiler.rotate();
    else await profiler.start(message.intervalUs);
    if (message.allocations) await profiler.startAllocations();
    // What the event loop waits for already is none of the cell's.
    baseline = (await profiler.look(true))?.resources ?? [];
  } catch (error) {
    notes.push(`V8's profiler did not start: ${(error as Error).message}.`);
    await profiler.stop();
  }
  const startUs = nowUs();
  const startMs = performance.now();
  running = {
    key: message.key,
    profile: new CellProfile(
      { scripts, sites, shared, runTimes },
      Atomics.load(shared.turns, EVENT_COUNT),
      baseline,
      startUs,
    ),
    allocations: message.allocations,
    notes,
    length: new ChunkLength(),
    chunkFromUs: startUs,
    startMs,
    chunkFromMs: startMs,
    nextToldMs: startMs + FIRST_TOLD_MS,
    nextLookMs: 0,
    told: 0,
  };
  runTimes.read();
  reading = setInterval(() => runTimes.read(), RUN_TIME_MS);
  Atomics.store(shared.turns, TURN, message.turn);
  setTimeout(() => enqueue(tick), FIRST_TICK_MS);
}

async function tick(): Promise<void> {
  const cell = running;
  if (cell === undefined || !profiler.isRunning) return;
  try {
    await lookAndTake(cell);
  } finally {
    setTimeout(() => enqueue(tick), TICK_MS);
  }
}

async function lookAndTake(cell: Running): Promise<void> {
  const now = performance.now();
  if (now >= cell.nextLookMs) {
    const look = await profiler.look();
    if (look) cell.profile.addLook(look);
    const lookedMs = performance.now();
    const everyMs = (lookedMs - cell.startMs) * LOOK_SHARE;
    cell.nextLookMs = lookedMs + Math.min(LONGEST_LOOK_MS, Math.max(FIRST_LOOK_MS, everyMs));
  }
  if (now >= cell.chunkFromMs + cell.length.ms) await takeChunk(cell, Infinity);
  if (now >= cell.nextToldMs) tell(cell);
}

/** For the live view. */
function tell(cell: Running): void {
  const startMs = performance.now();
  put(cell, false);
  cell.told++;
  const endMs = performance.now();
  const toldMs = Math.min(LONGEST_TOLD_MS, FIRST_TOLD_MS * (1 + cell.told / 10));
  cell.nextToldMs = endMs + Math.max(toldMs, (endMs - startMs) / TOLD_SHARE);
}

async function takeChunk(cell: Running, endUs: number): Promise<void> {
  const chunk = await profiler.rotate();
  const takenMs = performance.now();
  const tookMs = takenMs - cell.chunkFromMs;
  cell.chunkFromMs = takenMs;
  if (chunk === undefined) {
    cell.notes.push('A part of what V8 saw is missing: the main thread did not answer.');
    return;
  }
  cell.length.took(tookMs, chunk.nodes.length, LONGEST_TOLD_MS);
  const untilUs = Math.min(chunk.endTime, endUs);
  // The main thread still reads its own figures between our start and the cell's.
  const fromUs = Math.max(cell.chunkFromUs, shared.start[0] || Infinity);
  cell.profile.addChunk(chunk, fromUs, untilUs);
  cell.chunkFromUs = Math.max(cell.chunkFromUs, untilUs);
}

async function end(message: Extract<ToProfiler, { type: 'end' }>): Promise<void> {
  clearInterval(reading);
  runTimes.read();
  const cell = running;
  if (cell?.key === message.key) {
    try {
      const allocated = cell.allocations ? await profiler.stopAllocations() : undefined;
      cell.profile.close(message.endUs);
      await takeChunk(cell, message.endUs);
      put(cell, true, allocated);
    } catch (error) {
      cell.notes.push(`V8's profiler failed: ${(error as Error).message}.`);
      put(cell, true);
    }
    running = undefined;
  }
  stopTimer = setTimeout(() => enqueue(() => profiler.stop()), LINGER_MS);
  const done: FromProfiler = { type: 'done', key: message.key };
  parentPort?.postMessage(done);
}

function put(cell: Running, done: boolean, allocated?: unknown): void {
  const record: StacksRecord = {
    stacks: cell.profile.stacks(cell.notes),
    done,
    ...(allocated !== undefined && { allocations: allocationsOf(allocated, scripts) }),
  };
  mailbox.put(cell.key, JSON.stringify(record));
}

parentPort?.on('message', (message: ToProfiler) => {
  switch (message.type) {
    case 'script':
      scripts.add(message.info);
      for (const [id, site] of message.sites) sites.set(id, site);
      return;
    case 'begin':
      return enqueue(() => begin(message));
    case 'end':
      return enqueue(() => end(message));
    case 'let-go':
      // Not in line: the main thread waits for it, and may never answer what stands in line.
      return void profiler.stop().then(() => Atomics.store(shared.turns, IS_FREE, 1));
  }
});
