import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AgentTraceSchema } from '../../../kernel/languages/python/agent-data.ts';
import { has, pythons, runProgram } from './pythons.ts';

const RunSchema = z.object({ result: AgentTraceSchema, stillTracing: z.boolean() });
const CELL = '/tmp/cell_1.py';

describe.each(pythons.filter(([name]) => name !== 'PyPy'))('Python %s', (version, python) => {
  it.skipIf(!has(python))('tells what each line allocated and kept', async () => {
    const { result, stillTracing } = RunSchema.parse(await runProgram(python, 'traced', 'plain'));
    const byLine = new Map(
      result.lines.filter(({ file }) => file === CELL).map(({ line, bytes }) => [line, bytes]),
    );
    // 50 times 1 MB; 200,000 floats and their list; nothing of what was freed.
    expect(Math.abs((byLine.get(4) ?? 0) / 50e6 - 1)).toBeLessThan(0.02);
    expect(Math.abs((byLine.get(7) ?? 0) / 6.4e6 - 1)).toBeLessThan(0.02);
    expect(byLine.get(8) ?? 0).toBeLessThan(10_000);
    expect(Math.abs(result.peakBytes / 86.4e6 - 1)).toBeLessThan(0.02);
    expect(result.note).toMatch(/tracemalloc slowed/);
    expect(stillTracing).toBe(false);
  });

  it.skipIf(!has(python))('leaves the user’s own tracing on', async () => {
    const { result, stillTracing } = RunSchema.parse(
      await runProgram(python, 'traced', 'users_own'),
    );
    expect(stillTracing).toBe(true);
    expect(result.lines[0]).toMatchObject({ file: CELL, line: 4 });
    expect(result.lines.every(({ file }) => file === CELL)).toBe(true);
    expect(result.note).toMatch(/own tracing went on/);
  });

  it.skipIf(!has(python))('says so when the cell stopped it', async () => {
    const { result } = RunSchema.parse(await runProgram(python, 'traced', 'stopped'));
    expect(result.lines).toEqual([]);
    expect(result.note).toMatch(/stopped tracemalloc itself/);
  });

  // The slowest test here; versions between these trace as they do.
  it.skipIf(!has(python) || !['3.9', '3.11', '3.13'].includes(version))(
    'costs what its note says',
    async () => {
      const { ratio } = z
        .object({ ratio: z.number() })
        .parse(await runProgram(python, 'traced', 'cost'));
      expect(ratio).toBeGreaterThan(1.2);
      expect(ratio).toBeLessThan(8);
    },
  );
});
