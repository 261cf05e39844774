import { describe, expect, it } from 'vitest';
import type { ProfileWish } from '../../../../labextension/src/model/model.ts';
import { Wishes } from '../../../../labextension/src/run/wishes.ts';

const all: ProfileWish = { scope: 'all', cells: [{ id: 'a', index: 0, label: 'A' }], show: true };
const listed = (id: string): ProfileWish => ({
  scope: 'listed',
  cells: [{ id, index: 1 }],
  show: true,
});
const NOTHING: ProfileWish = { scope: 'magic', cells: [], show: false };

function hook() {
  const heard: ProfileWish[] = [];
  return { heard, wishes: new Wishes(wish => Promise.resolve(void heard.push(wish))) };
}

describe('Wishes', () => {
  it('asks, and takes it back once', async () => {
    const { heard, wishes } = hook();
    const takeBack = await wishes.make(all);
    await takeBack();
    await takeBack();
    expect(heard).toEqual([all, NOTHING]);
  });

  it('holds cells that are profiled at once together, and gives up one at a time', async () => {
    const { heard, wishes } = hook();
    const first = await wishes.make(listed('a'));
    const second = await wishes.make(listed('b'));
    await first();
    await second();
    expect(heard.map(({ scope, cells }) => [scope, cells.map(({ id }) => id).join()])).toEqual([
      ['listed', 'a'],
      ['listed', 'a,b'],
      ['listed', 'b'],
      ['magic', ''],
    ]);
  });

  it('does not end the run of the notebook with that of a cell', async () => {
    const { heard, wishes } = hook();
    await wishes.make({ ...all, run: 'first' });
    await (
      await wishes.make(listed('b'))
    )();
    expect(heard.map(({ scope, run }) => [scope, run])).toEqual(Array(3).fill(['all', 'first']));
  });

  it('samples as often as the most demanding wish', async () => {
    const { heard, wishes } = hook();
    await wishes.make({ ...all, rateHz: 50 });
    await wishes.make({ ...listed('b'), rateHz: 200 });
    expect(heard.map(({ rateHz }) => rateHz)).toEqual([50, 200]);
  });

  it('forgets a wish that was not heard, and bears a hook that went away', async () => {
    let isThere = false;
    const wishes = new Wishes(() =>
      isThere ? Promise.resolve() : Promise.reject(new Error('no hook')),
    );
    await expect(wishes.make(all)).rejects.toThrow('no hook');
    isThere = true;
    const takeBack = await wishes.make(listed('a'));
    isThere = false;
    await expect(takeBack()).resolves.toBeUndefined();
  });
});
