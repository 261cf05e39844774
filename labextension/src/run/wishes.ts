/**
 * What is asked of one notebook's hook. Runs overlap (a cell is profiled while the notebook is), and the hook knows one
 * wish at a time, so it is told all that are open as one, and the last that ends gives the choice back to the magics.
 */
import type { INotebookProfiles, ProfileWish } from '../model/model.ts';
import type { RunContext } from './context.ts';

export class Wishes {
  readonly #open = new Set<ProfileWish>();

  constructor(private readonly send: (wish: ProfileWish) => Promise<void>) {}

  /**
   * @returns takes the wish back; may be called twice.
   * @throws Error when the hook does not hear it.
   */
  async make(wish: ProfileWish): Promise<() => Promise<void>> {
    this.#open.add(wish);
    try {
      await this.send(combined([...this.#open]));
    } catch (error) {
      this.#open.delete(wish);
      throw error;
    }
    return () => this.#takeBack(wish);
  }

  async #takeBack(wish: ProfileWish): Promise<void> {
    if (!this.#open.delete(wish)) return;
    try {
      await this.send(combined([...this.#open]));
    } catch {
      // The hook is gone, and its wishes with it.
    }
  }
}

/** One wish that holds all of them. */
export function combined(wishes: readonly ProfileWish[]): ProfileWish {
  const cells = new Map(wishes.flatMap(wish => wish.cells).map(cell => [cell.id, cell]));
  const rates = wishes.flatMap(({ rateHz }) => rateHz ?? []);
  const run = wishes.find(wish => wish.run !== undefined)?.run;
  return {
    scope: wishes.some(({ scope }) => scope === 'all')
      ? 'all'
      : wishes.some(({ scope }) => scope === 'listed')
        ? 'listed'
        : 'magic',
    cells: [...cells.values()],
    show: wishes.some(({ show }) => show),
    ...(rates.length > 0 && { rateHz: Math.max(...rates) }),
    ...(run !== undefined && { run }),
  };
}

const ofNotebooks = new WeakMap<INotebookProfiles, Wishes>();

export function wishesOf(profiles: INotebookProfiles): Wishes {
  const known = ofNotebooks.get(profiles);
  if (known) return known;
  const wishes = new Wishes(wish => profiles.profileNext(wish));
  ofNotebooks.set(profiles, wishes);
  return wishes;
}

export function wishFor(
  { settings }: RunContext,
  scope: 'all' | 'listed',
  cells: ProfileWish['cells'],
): ProfileWish {
  const { rateHz } = settings.values;
  return { scope, cells, show: true, ...(rateHz > 0 && { rateHz }) };
}
