import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AgentEvidenceSchema } from '../../../kernel/languages/python/agent-data.ts';
import { has, pythons, runProgram } from './pythons.ts';

const RunSchema = z.object({
  told: AgentEvidenceSchema,
  restored: z.boolean(),
  later: z.number(),
  status: z.number(),
  ownFrames: z.number(),
});

describe.each(pythons)('Python %s', (version, python) => {
  it.skipIf(!has(python))('tells statements and files, and puts everything back', async () => {
    const { told, ...rest } = RunSchema.parse(await runProgram(python, 'evidence'));
    expect(rest).toEqual({ restored: true, later: 0, status: 0, ownFrames: 0 });
    const counts = told.statements.map(({ statement, count, place }) => [
      statement,
      count,
      place?.[1],
    ]);
    expect(counts).toContainEqual(['SELECT * FROM t WHERE b = ?', 30, 4]);
    expect(counts).toContainEqual(['INSERT INTO t VALUES (?, …)', 1, 2]);
    expect(counts).toContainEqual(['SELECT ?', 1, 8]);
    expect(counts).toContainEqual(['SELECT nothing', 1, 16]);
    expect(told.opens.map(({ opens, writeOpens, places }) => [opens, writeOpens, places])).toEqual([
      [1, 1, [['/cells/1.py', 5]]],
    ]);
    const plan = told.statements.find(({ count }) => count === 30)?.plan;
    // Before 3.11 a connection does not tell what it calls back: then nothing is asked, and that is said.
    if (plan) expect(plan.scans).toMatchObject([{ table: 't', columns: ['b'], rows: 30_000 }]);
    else expect(told.notes.join(' ')).toContain('not explained');
    if (['3.11', '3.12', '3.13'].includes(version)) expect(plan).toBeDefined();
  });
});
