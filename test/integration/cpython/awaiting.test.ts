/** Time in `await` belongs to the line that awaits, though its coroutine is on no thread's stack. */
import { describe, expect, it } from 'vitest';
import type { Line } from '../../../src/profile/index.ts';
import { attributeProgram } from './compare.ts';
import { interpreters } from './interpreters.ts';
import { nameMissing } from './name-missing.ts';
import { sampleProgram } from './sample-program.ts';

const SECONDS = 0.6;

nameMissing();

describe.each(interpreters)('CPython $version', ({ path }) => {
  async function linesOf(kind: string): Promise<(line: number) => Line | undefined> {
    const sampled = await sampleProgram(path, 'awaiting.py', [kind, String(SECONDS)]);
    const source = sampled.told['cell'] as string;
    const cells = new Map([['/tmp/cells/1.py', { executionCount: 7, lineOffset: 0, source }]]);
    const { lines } = attributeProgram(path, sampled.result, cells);
    return line =>
      lines.find(
        ({ source: at }) => 'executionCount' in at && at.executionCount === 7 && at.line === line,
      );
  }
  const about = (value: number) => expect.closeTo(value * 1000, -2) as number;

  it('await asyncio.sleep', async () => {
    const at = await linesOf('sleep');
    expect(at(3)).toMatchObject({ text: 'await asyncio.sleep(SECONDS)', function: '<module>' });
    expect(at(3)?.selfMs).toEqual(about(SECONDS));
    expect(at(3)?.offCpuMs.sleep).toEqual(about(SECONDS));
    expect(at(3)?.callees?.[0]?.name).toBe('asyncio sleep');
  });

  it('coroutines that await coroutines', async () => {
    const at = await linesOf('nested');
    expect(at(5)?.selfMs).toEqual(about(SECONDS));
    expect(at(3)?.totalMs).toEqual(about(SECONDS));
    expect(at(6)?.totalMs).toEqual(about(SECONDS));
    expect(at(6)?.selfMs ?? 0).toBeLessThan(50);
  });

  it('gather: the awaiting line in full, the tasks share it while they wait', async () => {
    const at = await linesOf('gather');
    expect(at(6)?.totalMs).toEqual(about(SECONDS));
    expect(at(3)?.selfMs).toEqual(about(SECONDS / 4));
    expect(at(5)?.selfMs).toEqual(about((SECONDS * 3) / 4));
  });

  it('one coroutine function, awaited on two lines', async () => {
    const at = await linesOf('calls');
    expect(at(3)?.text?.trim()).toBe('await asyncio.sleep(seconds)');
    expect(at(3)?.selfMs).toEqual(about(2 * SECONDS));
    expect(at(3)?.offCpuMs.sleep).toEqual(about(2 * SECONDS));
    expect(at(4)?.totalMs).toEqual(about(SECONDS));
    expect(at(5)?.totalMs).toEqual(about(SECONDS));
  });

  it('a queue that another task fills', async () => {
    const at = await linesOf('queue');
    expect(at(7)?.totalMs).toEqual(about(SECONDS));
    expect(at(4)?.selfMs).toEqual(about(SECONDS));
  });
});
