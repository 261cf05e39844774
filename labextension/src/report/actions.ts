/** What can be done from within a report, for every view below it. */
import { createContext } from 'react';
import type { Cell } from '../../../src/profile/index.ts';

export interface ReportActions {
  /** Scrolls to the cell, or to a line of it, and selects it; null where no notebook is open. */
  readonly goTo: ((cell: Cell, line?: number) => void) | null;
}

export const ActionsContext = createContext<ReportActions>({ goTo: null });
