/** Heat in an editor: a bar in the gutter, a soft colour behind the line, and a tooltip. */
import { RangeSet, type EditorState, type Extension } from '@codemirror/state';
import {
  Decoration,
  EditorView,
  gutter,
  GutterMarker,
  type Command,
  type DecorationSet,
} from '@codemirror/view';
import { heatField, type PlacedLine } from './heat-field.ts';
import { lineSentence } from './line-words.ts';
import { heatStep } from './steps.ts';
import { askTip, tooltips } from './tooltip.ts';

/** Below this share a line keeps its bar but no colour: it would be noise behind the text. */
const LEAST_COLOURED_SHARE = 0.01;

class Bar extends GutterMarker {
  constructor(readonly placed: PlacedLine) {
    super();
  }
  override eq(other: Bar): boolean {
    return (
      other.placed.line === this.placed.line &&
      other.placed.heat.isStale === this.placed.heat.isStale
    );
  }
  /** Full for the line's own time, hatched where it waited, framed for what it called. */
  override toDOM(): Node {
    const bar = document.createElement('div');
    const [use] = this.placed.line.uses;
    if (!use) return bar;
    const waiting = use.selfMs > 0 ? Math.min(1, use.waitMs / use.selfMs) : 0;
    bar.className = `jp-PyPerf-heatBar jp-mod-heat${heatStep(use.share)}`;
    const parts = [
      ['called', use.totalShare],
      ['cpu', use.share * (1 - waiting)],
      ['wait', use.share * waiting],
    ] as const;
    for (const [name, share] of parts) if (share > 0) bar.append(part(name, share));
    return bar;
  }
}

function part(name: string, share: number): HTMLElement {
  const node = document.createElement('span');
  node.className = `jp-PyPerf-heatBar-${name}`;
  node.style.width = `${(share * 100).toFixed(1)}%`;
  return node;
}

/** Keeps the gutter as wide in cells whose hot lines are out of sight. */
const spacer = new (class extends GutterMarker {
  override toDOM(): Node {
    const bar = document.createElement('div');
    bar.className = 'jp-PyPerf-heatBar';
    return bar;
  }
})();

const heatGutter = gutter({
  class: 'jp-PyPerf-heatGutter',
  markers: ({ state }) =>
    RangeSet.of(heatField.of(state).lines.map(placed => new Bar(placed).range(placed.from))),
  initialSpacer: () => spacer,
  domEventHandlers: {
    mouseover: (view, { from }) => ask(view, from),
    mouseout: view => ask(view, null),
  },
});

function ask(view: EditorView, position: number | null): boolean {
  view.dispatch({ effects: askTip.of(position) });
  return false;
}

const lineColours = EditorView.decorations.compute([heatField.extension], state => colours(state));

function colours(state: EditorState): DecorationSet {
  return Decoration.set(
    heatField.of(state).lines.flatMap(({ from, line, heat }) => {
      const share = line.uses[0]?.share;
      if (share === undefined || share < LEAST_COLOURED_SHARE) return [];
      return Decoration.line({
        class: `jp-PyPerf-heatLine jp-mod-heat${heatStep(share)}`,
        attributes: { 'aria-description': lineSentence(line, heat.isStale) },
      }).range(from);
    }),
  );
}

const staleness = EditorView.editorAttributes.compute([heatField.extension], state => ({
  class: heatField.of(state).isStale ? 'jp-PyPerf-mod-staleHeat' : '',
}));

export const heatExtension: Extension = [
  heatField.extension,
  heatGutter,
  lineColours,
  staleness,
  tooltips,
];

/** Opens the tooltip of the line with the cursor, and says it to those who hear the page. */
export const tellLine: Command = view => {
  const placed = heatField.lineAt(view.state, view.state.selection.main.head);
  const said = placed
    ? lineSentence(placed.line, placed.heat.isStale)
    : 'Nothing was measured on this line.';
  view.dispatch({
    effects: [askTip.of(placed ? placed.from : null), EditorView.announce.of(said)],
  });
  return true;
};
