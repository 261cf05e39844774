/** The heat of one editor, as state of it: set from outside, and laid anew onto the text whenever that changes. */
import { StateEffect, StateField, type EditorState, type Text } from '@codemirror/state';
import type { CellHeat, HeatLine } from './cell-heat.ts';
import { isSameCode } from '../model/same-code.ts';
import { mapLines } from './line-map.ts';

export interface PlacedLine {
  /** Position of the start of the line in which it stands now. */
  readonly from: number;
  readonly line: HeatLine;
  readonly heat: CellHeat;
}

export interface PlacedHeat {
  /** Measured on another text than the one that stands here, or said to be. */
  readonly isStale: boolean;
  readonly lines: readonly PlacedLine[];
}

const NONE: PlacedHeat = { isStale: false, lines: [] };

export const setHeat = StateEffect.define<CellHeat | null>();

interface Held {
  readonly heat: CellHeat | null;
  readonly placed: PlacedHeat;
}

const field = StateField.define<Held>({
  create: () => ({ heat: null, placed: NONE }),
  update(held, transaction) {
    let { heat } = held;
    for (const effect of transaction.effects) if (effect.is(setHeat)) heat = effect.value;
    if (heat === held.heat && !transaction.docChanged) return held;
    return { heat, placed: heat ? place(heat, transaction.newDoc) : NONE };
  },
});

export const heatField = {
  extension: field,
  of: (state: EditorState): PlacedHeat => state.field(field, false)?.placed ?? NONE,
  lineAt(state: EditorState, position: number): PlacedLine | null {
    const { from } = state.doc.lineAt(Math.min(position, state.doc.length));
    return heatField.of(state).lines.find(line => line.from === from) ?? null;
  },
};

function place(heat: CellHeat, doc: Text): PlacedHeat {
  const before = heat.source.split('\n');
  const stands = doc.toString();
  const after = stands.split('\n');
  // At once: the notebook tells a moment later.
  const isStale = heat.isStale || !isSameCode(heat.source, stands);
  const map = mapLines(before, after);
  const shown = { ...heat, isStale };
  const lines = heat.lines.flatMap(line => {
    const to = map[line.line - 1];
    return typeof to === 'number' ? [{ from: doc.line(to + 1).from, line, heat: shown }] : [];
  });
  return { isStale, lines: lines.sort((a, b) => a.from - b.from) };
}
