/** The tooltip of a hot line: beside the pointer in the text or on the bar, or at the cursor for the keyboard. */
import { StateEffect, StateField, type Extension } from '@codemirror/state';
import { hoverTooltip, showTooltip, type EditorView, type Tooltip } from '@codemirror/view';
import { lineTip, type LineTip } from './line-words.ts';
import { heatField, type PlacedLine } from './heat-field.ts';

/** Long enough that a pointer that only passes by opens nothing. */
const HOVER_MS = 400;

/** Position in the line whose tooltip is wanted; null for none. */
export const askTip = StateEffect.define<number | null>();

/** Opened from the bar or by the keyboard, until something else is asked for or the text or the cursor moves. */
const askedTip = StateField.define<Tooltip | null>({
  create: () => null,
  update(tip, transaction) {
    for (const effect of transaction.effects)
      if (effect.is(askTip)) {
        const placed =
          effect.value === null ? null : heatField.lineAt(transaction.state, effect.value);
        return placed && tipAt(placed);
      }
    return transaction.docChanged || transaction.selection ? null : tip;
  },
  provide: field => showTooltip.from(field),
});

export const tooltips: Extension = [
  askedTip,
  hoverTooltip(
    (view: EditorView, position) => {
      const placed = heatField.lineAt(view.state, position);
      return placed && tipAt(placed);
    },
    { hoverTime: HOVER_MS, hideOnChange: true },
  ),
];

const tipAt = ({ from, line, heat }: PlacedLine): Tooltip => ({
  pos: from,
  above: true,
  create: () => ({ dom: draw(lineTip(line, heat)) }),
});

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
