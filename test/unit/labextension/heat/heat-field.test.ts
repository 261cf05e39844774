/** The editor's state alone: it needs no page. */
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { findHeat } from '../../../../labextension/src/heat/cell-heat.ts';
import { heatField, setHeat } from '../../../../labextension/src/heat/heat-field.ts';
import { at, buildCell, buildLine } from '../../../support/profiles.ts';

const SOURCE = 'import time\nfor i in range(3):\n    time.sleep(i)\n';
const profile = buildCell({ source: SOURCE, lines: [buildLine(at(1, 3), 900, 1)] });
const heat =
  findHeat([{ id: 'a', source: SOURCE, executionCount: 1, profile, isStale: false }]).get('a') ??
  null;

const open = (doc: string) =>
  EditorState.create({ doc, extensions: heatField.extension }).update({
    effects: setHeat.of(heat),
  }).state;

const hot = (state: EditorState) =>
  heatField.of(state).lines.map(({ from }) => state.doc.lineAt(from).text.trim());

describe('heatField', () => {
  it('stands on the measured text', () => {
    const state = open(SOURCE);
    expect(hot(state)).toEqual(['time.sleep(i)']);
    expect(heatField.of(state).isStale).toBe(false);
    expect(heatField.lineAt(state, SOURCE.length - 3)?.line.line).toBe(3);
    expect(heatField.lineAt(state, 0)).toBeNull();
  });

  it('follows its line, goes stale, and is fresh again when the edit is undone', () => {
    const above = open(SOURCE).update({ changes: { from: 0, insert: '# why\n\n' } }).state;
    expect(hot(above)).toEqual(['time.sleep(i)']);
    expect(heatField.of(above).isStale).toBe(true);
    const undone = above.update({ changes: { from: 0, to: 7 } }).state;
    expect(heatField.of(undone).isStale).toBe(false);
  });

  it('follows when the whole text is replaced, as formatters do', () => {
    const insert = `x = 1\n${SOURCE}`;
    const state = open(SOURCE).update({ changes: { from: 0, to: SOURCE.length, insert } }).state;
    expect(hot(state)).toEqual(['time.sleep(i)']);
  });

  it('is laid onto a text that was edited before', () => {
    expect(hot(open(`${SOURCE}print()\n`))).toEqual(['time.sleep(i)']);
    expect(hot(open('nothing of it'))).toEqual([]);
  });

  it('vanishes', () => {
    expect(hot(open(SOURCE).update({ effects: setHeat.of(null) }).state)).toEqual([]);
  });
});
