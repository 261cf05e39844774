/** What to do when a report has no figures. */
import type { HookState } from '../model/model.ts';

export function emptyHint(hook: HookState | null): string {
  switch (hook) {
    case null:
      return 'This profile has no cells.';
    case 'connecting':
      return 'No cell of this notebook has figures yet.';
    case 'connected':
      return 'No cell of this notebook has figures yet. Run cells, or press Profile notebook in the toolbar.';
    case 'absent':
      return 'No cell of this notebook has figures yet. Its kernel runs without PyPerf: Profile notebook in the toolbar switches to one that is measured.';
  }
}
