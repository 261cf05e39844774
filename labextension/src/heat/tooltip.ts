/** The tooltip of a hot line: beside the pointer in the text or on the bar, or at the cursor for the keyboard. */
import {
  StateEffect,
  StateField,
  type EditorState,
  type Extension,
  type Transaction,
} from '@codemirror/state';
import { EditorView, hoverTooltip, showTooltip, type Tooltip } from '@codemirror/view';
import { lineTip, type LineTip } from './line-words.ts';
import { heatField, setHeat } from './heat-field.ts';

/** Long enough that a pointer that only passes by opens nothing. */
const HOVER_MS = 400;

/** Position in the line whose tooltip is wanted; null for none. */
export const askTip = StateEffect.define<number | null>();

/** Opened from the bar or by the keyboard, until something else is asked for or the text or the cursor moves. */
const askedTip = StateField.define<Tooltip | null>({
  create: () => null,
  update(tip, transaction) {
    for (const effect of transaction.effects)
      if (effect.is(askTip))
        return effect.value === null ? null : tipOf(transaction.state, effect.value);
    if (transaction.docChanged || transaction.selection) return null;
    return tip && isNew(transaction) ? tipOf(transaction.state, tip.pos) : tip;
  },
  provide: field => showTooltip.from(field),
});

const isNew = ({ effects }: Transaction): boolean => effects.some(effect => effect.is(setHeat));

export const tooltips: Extension = [
  askedTip,
  // Escape leaves the editor, and the tooltip with it.
  EditorView.focusChangeEffect.of((_, isFocused) => (isFocused ? null : askTip.of(null))),
  hoverTooltip((view, position) => tipOf(view.state, position), {
    hoverTime: HOVER_MS,
    hideOn: transaction => transaction.docChanged || isNew(transaction),
  }),
];

function tipOf(state: EditorState, position: number): Tooltip | null {
  const placed = heatField.lineAt(state, position);
  return (
    placed && {
      pos: placed.from,
      end: state.doc.lineAt(placed.from).to,
      above: true,
      create: () => ({ dom: draw(lineTip(placed.line, placed.heat)) }),
    }
  );
}

/** Names come from anywhere: they are text nodes. */
function draw({ sections, note }: LineTip): HTMLElement {
  const box = element('div', 'jp-PyPerf-heatTip');
  for (const { title, rows } of sections) {
    const list = element('dl', 'jp-PyPerf-heatTip-rows');
    for (const [name, value] of rows)
      list.append(element('dt', '', name), element('dd', '', value));
    box.append(element('div', 'jp-PyPerf-heatTip-title', title), list);
  }
  if (note) box.append(element('div', 'jp-PyPerf-heatTip-note', note));
  return box;
}

function element(tag: string, className: string, text = ''): HTMLElement {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.textContent = text;
  return node;
}
