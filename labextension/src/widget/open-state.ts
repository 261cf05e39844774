/**
 * Which cells' reports are open, and at which tab: kept in the browser, so that a reload, another run of the cell or
 * scrolling in a windowed notebook finds them as they were. Nothing of it goes into the notebook.
 */
const KEY = 'jupyterlab-pyperf:open';
/** Older ones are forgotten. */
const MAX_CELLS = 200;

export interface OpenState {
  readonly open: boolean;
  readonly tab: string;
}

let firstTab = 'lines';
let known: Map<string, OpenState> | undefined;

/** What a report shows first that was never opened. */
export function beginWith(tab: string): void {
  firstTab = tab;
}

export const openState = (cellId: string | null): OpenState =>
  (cellId !== null && states().get(cellId)) || { open: false, tab: firstTab };

export function rememberOpenState(cellId: string | null, state: OpenState): void {
  if (cellId === null) return;
  const all = states();
  all.delete(cellId);
  all.set(cellId, state);
  const kept = [...all].slice(-MAX_CELLS);
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // A full or forbidden store: remembered until the page is left.
  }
}

function states(): Map<string, OpenState> {
  known ??= read();
  return known;
}

function read(): Map<string, OpenState> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return new Map(Array.isArray(stored) ? stored.filter(isEntry) : []);
  } catch {
    return new Map();
  }
}

function isEntry(entry: unknown): entry is [string, OpenState] {
  if (!Array.isArray(entry) || typeof entry[0] !== 'string') return false;
  const state = entry[1] as Partial<OpenState> | null;
  return typeof state?.open === 'boolean' && typeof state.tab === 'string';
}
