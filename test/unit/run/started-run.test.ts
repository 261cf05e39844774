import { expect, it } from 'vitest';
import { StartedRun } from '../../../kernel/run/started-run.ts';

const wish = (run?: string) => ({ scope: 'all', cells: [{ id: 'a' }, { id: 'b', index: 1 }], run });

it('is told until a wish without a name ends it', () => {
  let nowMs = Date.parse('2026-11-22T10:00:00Z');
  const run = new StartedRun(() => nowMs);
  expect(run.told()).toBeUndefined();
  run.wished(wish('first'));
  nowMs += 2500;
  // Told again, as after a lost connection: the run goes on.
  run.wished(wish('first'));
  expect(run.told()).toEqual({
    startedAt: '2026-11-22T10:00:00.000Z',
    elapsedMs: 2500,
    cells: ['a', 'b'],
  });
  run.wished(wish('second'));
  expect(run.told()).toMatchObject({ elapsedMs: 0 });
  run.wished(wish());
  expect(run.told()).toBeUndefined();
});

it('takes no nonsense for cells', () => {
  const run = new StartedRun(() => 0);
  run.wished({ run: 'first', cells: [null, 'a', { id: 3 }, { id: 'b' }] });
  expect(run.told()).toMatchObject({ cells: ['b'] });
  run.wished({ run: 4 });
  expect(run.told()).toBeUndefined();
});
