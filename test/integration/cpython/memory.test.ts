/** Growth of resident memory, by line. */
import { describe, expect, it } from 'vitest';
import { attributeProgram, nameOf } from './compare.ts';
import { interpreters } from './interpreters.ts';
import { nameMissing } from './name-missing.ts';
import { namedLines, sampleProgram } from './sample-program.ts';

nameMissing();

describe.each(interpreters)('CPython $version', ({ path }) => {
  it('gives an array and a leak to their lines', async () => {
    const sampled = await sampleProgram(path, 'memory.py', ['512']);
    const { lines } = attributeProgram(path, sampled.result);
    const names = namedLines('memory.py');
    const growth = (name: string): number =>
      lines
        .filter(line => nameOf(line, 'memory.py', names) === name)
        .reduce((sum, line) => sum + line.rssGrowthBytes, 0);
    const { array, leak } = sampled.told as { array: number; leak: number };
    expect(Math.abs(growth('array') / array - 1)).toBeLessThanOrEqual(0.02);
    // Growth is seen at the next look, which may fall on the line behind: most of it must be on the line itself.
    expect(growth('leak')).toBeGreaterThan(leak / 2);
    expect(growth('leak')).toBeLessThan(leak * 1.02);
  });
});
