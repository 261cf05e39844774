import { describe, expect, it } from 'vitest';
import { CpuEstimate } from '../../../kernel/sampling/procfs/cpu-estimate.ts';

/** What `stat` shows of a time: user and system time, each cut to ticks of 10 ms. */
const ticksOf = (userMs: number, systemMs: number): number =>
  Math.floor(userMs / 10) + Math.floor(systemMs / 10);

describe('CpuEstimate', () => {
  it('takes exact gains while they agree with the ticks', () => {
    const estimate = new CpuEstimate(10);
    estimate.update(ticksOf(13, 4), 17);
    estimate.update(ticksOf(18, 6), 7);
    expect(estimate.ms).toBe(24);
  });

  it('never leaves what the ticks allow, whatever gains miss', () => {
    const estimate = new CpuEstimate(10);
    let userMs = 3;
    let systemMs = 2;
    estimate.update(ticksOf(userMs, systemMs), 5);
    for (let step = 0; step < 1000; step++) {
      userMs += 7.3;
      systemMs += 1.1;
      // Every third gain came from a thread that ended unseen.
      estimate.update(ticksOf(userMs, systemMs), step % 3 === 0 ? 0 : 8.4);
      expect(Math.abs(estimate.ms - userMs - systemMs)).toBeLessThanOrEqual(20);
    }
  });

  it('starts from the ticks when threads ended before the first look', () => {
    const estimate = new CpuEstimate(10);
    estimate.update(500, 120);
    expect(estimate.ms).toBe(5010);
    estimate.update(500, 3);
    expect(estimate.ms).toBe(5013);
  });

  it('knows only ticks where the system tells no more', () => {
    const estimate = new CpuEstimate(10);
    estimate.update(7, undefined);
    estimate.update(9, undefined);
    expect(estimate.ms).toBe(90);
  });

  it('replaces what the ticks gave by the exact gain', () => {
    const estimate = new CpuEstimate(10);
    estimate.update(0, undefined);
    estimate.mark();
    estimate.update(100, undefined);
    estimate.regain(1007);
    expect(estimate.ms).toBe(1007);
    estimate.regain(5000);
    expect(estimate.ms).toBe(1020);
  });
});
