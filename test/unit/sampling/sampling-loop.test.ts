import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FromWorker, ToWorker } from '../../../kernel/sampling/protocol.ts';
import { SamplingLoop } from '../../../kernel/sampling/sampling-loop.ts';
import type { StackSampler } from '../../../kernel/sampling/stacks.ts';
import type { Milliseconds } from '../../../src/profile/index.ts';
import { FakeProc } from './proc-fixture.ts';

/** A clock that only waiting moves, and messages that come at set times. */
class Stage {
  nowMs = 0;
  waits = 0;
  readonly posted: FromWorker[] = [];
  private readonly mail: { readonly atMs: number; readonly message: ToWorker }[] = [];

  send(atMs: number, message: ToWorker): void {
    this.mail.push({ atMs, message });
  }

  readonly now = (): number => this.nowMs;
  /** The cell whose result cannot be copied. */
  refuses: string | undefined;
  readonly post = (message: FromWorker): void => {
    if (message.type === 'result' && message.cell === this.refuses) throw new Error('not copied');
    this.posted.push(message);
  };
  readonly receive = (): ToWorker | undefined =>
    this.mail[0] !== undefined && this.mail[0].atMs <= this.nowMs
      ? this.mail.shift()?.message
      : undefined;
  readonly wait = (milliseconds: number): void => {
    this.waits++;
    this.nowMs = Math.min(this.nowMs + milliseconds, this.mail[0]?.atMs ?? Infinity);
  };
}

class Recorder implements StackSampler {
  readonly times: number[] = [];
  takesMs = 0;
  wantsCloserLook = false;
  sample(nowMs: number): void {
    this.times.push(nowMs);
    stage.nowMs += this.takesMs;
  }
  result() {
    const intervalMs = 0 as Milliseconds;
    const samples = this.times.length;
    return { frames: [], groups: [], samples, dropped: 0, intervalMs, notes: [] };
  }
  close(): void {}
}

let proc: FakeProc;
let stage: Stage;
let recorder: Recorder;
let loop: SamplingLoop;

beforeEach(() => {
  proc = new FakeProc();
  proc.lastPid(100);
  proc.write({ pid: 100, rssPages: 10 });
  stage = new Stage();
  recorder = new Recorder();
  loop = new SamplingLoop(stage, {
    samplers: { record: () => recorder },
    cores: 2,
    procRoot: proc.root,
  });
});
afterEach(() => proc.remove());

const stacks = { sampler: 'record', pid: 100, details: null };
const countBetween = (from: number, to: number): number =>
  recorder.times.filter(at => at >= from && at < to).length;

describe('SamplingLoop', () => {
  it('does nothing while no cell runs', () => {
    expect(loop.run()).toBe(true);
    expect(stage.waits).toBe(0);
  });

  it('samples at 1 kHz at first and ever slower after', () => {
    stage.send(0, { type: 'start', cell: 'a', pid: 100, stacks });
    stage.send(600_000, { type: 'end', cell: 'a' });
    loop.run();
    expect(countBetween(0, 1000)).toBeGreaterThan(950);
    expect(countBetween(0, 1000)).toBeLessThan(1060);
    expect(countBetween(60_000, 61_000)).toBeLessThan(90);
    expect(countBetween(590_000, 600_000)).toBeGreaterThan(90);
    expect(countBetween(590_000, 600_000)).toBeLessThan(110);
  });

  it('looks closer where the sampler asks for it, once a sample, and never against a fixed rate', () => {
    recorder.wantsCloserLook = true;
    stage.send(0, { type: 'start', cell: 'a', pid: 100, stacks });
    stage.send(1000, { type: 'end', cell: 'a' });
    stage.send(1000, { type: 'start', cell: 'b', pid: 100, stacks, rateHz: 1000 });
    stage.send(2000, { type: 'end', cell: 'b' });
    loop.run();
    const pauses = recorder.times.slice(1).map((at, index) => at - (recorder.times[index] ?? 0));
    const isClose = pauses.map(pause => pause < 0.1);
    const asked = isClose.slice(0, countBetween(0, 1000) - 1);
    expect(asked.every((close, index) => close === (index % 2 === 0))).toBe(true);
    expect(asked.length).toBeGreaterThan(1800);
    expect(isClose.slice(asked.length + 1)).not.toContain(true);
  });

  it('keeps a fixed rate on average, out of step with any loop', () => {
    stage.send(0, { type: 'start', cell: 'a', pid: 100, stacks, rateHz: 100 });
    stage.send(60_000, { type: 'end', cell: 'a' });
    loop.run();
    expect(recorder.times.length).toBeGreaterThan(5850);
    expect(recorder.times.length).toBeLessThan(6150);
    const phases = new Set(recorder.times.map(at => Math.floor(at % 10)));
    expect(phases.size).toBe(10);
  });

  it('gives a long cell a bounded series, and answers looks at it', () => {
    stage.send(0, { type: 'start', cell: 'a', pid: 100 });
    stage.send(1000, { type: 'peek', cell: 'a' });
    stage.send(600_000, { type: 'end', cell: 'a' });
    loop.run();
    const [peeked, result] = stage.posted;
    expect(peeked?.type).toBe('peeked');
    if (result?.type !== 'result') throw new Error('a result was expected');
    expect(result.usage.series.tMs.length).toBeLessThanOrEqual(500);
    expect(result.usage.series.tMs.at(-1)).toBe(600_000);
    expect(result.stacks).toBeUndefined();
  });

  it('says what is missing where there is no /proc', () => {
    loop = new SamplingLoop(stage, { samplers: {}, cores: 2, procRoot: '/nowhere' });
    stage.send(0, { type: 'start', cell: 'a', pid: 100, stacks });
    stage.send(0, { type: 'end', cell: 'a' });
    loop.run();
    const [result] = stage.posted;
    if (result?.type !== 'result') throw new Error('a result was expected');
    expect(result.usage.peakMethod).toBe('unavailable');
    expect(result.usage.notes[0]).toContain('/nowhere');
  });

  it('says when it came too late too often', () => {
    recorder.takesMs = 300;
    stage.send(0, { type: 'start', cell: 'a', pid: 100, stacks, rateHz: 1000 });
    stage.send(20_000, { type: 'end', cell: 'a' });
    loop.run();
    const [result] = stage.posted;
    if (result?.type !== 'result') throw new Error('a result was expected');
    expect(result.usage.notes.join()).toMatch(/looks at the processes came late/);
  });

  it('fails one cell when its result cannot be sent, and goes on', () => {
    stage.refuses = 'a';
    for (const cell of ['a', 'b']) {
      stage.send(0, { type: 'start', cell, pid: 100 });
      stage.send(0, { type: 'end', cell });
    }
    loop.run();
    expect(stage.posted.map(({ type, cell }) => `${type} ${cell}`)).toEqual([
      'failed a',
      'result b',
    ]);
  });

  it('ends when told, in the middle of a cell', () => {
    stage.send(0, { type: 'start', cell: 'a', pid: 100, stacks });
    stage.send(100, { type: 'stop' });
    expect(loop.run()).toBe(false);
  });
});
