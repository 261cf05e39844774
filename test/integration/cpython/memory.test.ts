/** Growth of resident memory, by line. */
import { describe, expect, it } from 'vitest';
import { attributeProgram, nameOf } from './compare.ts';
import { interpreters } from './interpreters.ts';
import { nameMissing } from './name-missing.ts';
import { namedLines, sampleProgram, type Sampled } from './sample-program.ts';

nameMissing();

/** Bytes by the name of a line; lines without one under ''. */
function growthOf(sampled: Sampled, python: string, program: string): (name: string) => number {
  const names = namedLines(program);
  const sums = new Map<string, number>();
  for (const line of attributeProgram(python, sampled.result).lines) {
    const name = nameOf(line, program, names);
    sums.set(name, (sums.get(name) ?? 0) + line.rssGrowthBytes);
  }
  return name => sums.get(name) ?? 0;
}

describe.each(interpreters)('CPython $version', ({ path }) => {
  const grow = async (pattern: string) => {
    const sampled = await sampleProgram(path, 'growth.py', [pattern]);
    return { growth: growthOf(sampled, path, 'growth.py'), notes: sampled.result.notes.join(' ') };
  };

  it('gives an array and a leak to their lines', async () => {
    const sampled = await sampleProgram(path, 'memory.py', ['512']);
    const growth = growthOf(sampled, path, 'memory.py');
    const { array, leak } = sampled.told as { array: number; leak: number };
    expect(Math.abs(growth('array') / array - 1)).toBeLessThanOrEqual(0.02);
    expect(growth('leak')).toBeGreaterThan(leak * 0.85);
    expect(growth('leak')).toBeLessThan(leak * 1.02);
  });

  it.each([
    ['leak', 200e6],
    ['rare-leak', 60e6],
    ['small-objects', 25e6],
    ['thread', 150e6],
    ['thread-beside', 150e6],
    ['library', 10e6],
  ])(
    '%s: gives what a loop keeps to its line, not to the busy one beside it',
    async (name, least) => {
      const { growth } = await grow(name);
      const whole = growth('grows') + growth('busy') + growth('digest');
      expect(whole).toBeGreaterThan(least * 0.8);
      expect(growth('grows') / whole).toBeGreaterThan(0.8);
    },
  );

  it('tells two lines of one loop apart, and two loops', async () => {
    const both = await grow('both');
    expect(both.growth('busy')).toBeLessThan(30e6);
    expect(both.growth('more')).toBeGreaterThan(1.5 * both.growth('grows'));
    // Of the second loop's lines, which take turns several times between two samples, none is asked for.
    const { growth } = await grow('two-rates');
    expect(growth('grows')).toBeGreaterThan(90e6);
    expect(growth('grows')).toBeLessThan(105e6);
    expect(growth('slow') + growth('busy')).toBeGreaterThan(12e6);
  });

  it('takes what is given back from the line that gives it back', async () => {
    const swings = await grow('swings');
    expect(swings.growth('grows')).toBeGreaterThan(20 * 48e6);
    expect(Math.abs(swings.growth('grows') + swings.growth('shrinks'))).toBeLessThan(48e6);
    const sawTooth = await grow('saw-tooth');
    expect(Math.abs(sawTooth.growth('grows') - 48e6)).toBeLessThan(3 * 48e6);
  });

  it('says so where lines take turns too fast to tell', async () => {
    expect((await grow('appends')).notes).toMatch(/of \d+ % of the memory's growth the line is/);
    expect((await grow('swings')).notes).toBe('');
  });
});
