/** The view under a running cell. Made once and written into at each look, so that nothing flickers. */
import { Widget } from '@lumino/widgets';
import {
  formatBytes,
  formatCores,
  formatGrowth,
  formatMs,
  formatRoundShare,
  formatSource,
  plain,
  plainCode,
} from '../../../src/render/format.ts';
import type { Line } from '../../../src/profile/index.ts';
import { heatStep } from '../heat/steps.ts';
import type { LiveFigures } from './live-figures.ts';

const CODE_LENGTH = 120;

export class LiveView extends Widget {
  readonly #elapsed = element('span', 'jp-PyPerf-live-elapsed');
  readonly #previous = element('span', 'jp-PyPerf-live-previous');
  readonly #memory = element('span', 'jp-PyPerf-live-figure');
  readonly #cores = element('span', 'jp-PyPerf-live-figure');
  readonly #bar = element('div', 'jp-PyPerf-live-bar');
  readonly #filled = element('div', 'jp-PyPerf-live-filled');
  readonly #now = element('div', 'jp-PyPerf-live-now');
  readonly #where = element('span', 'jp-PyPerf-live-where');
  readonly #code = element('code', 'jp-PyPerf-live-code');
  readonly #hottest = element('ol', 'jp-PyPerf-live-hottest');

  constructor() {
    super();
    this.addClass('jp-PyPerf-live');
    this.node.setAttribute('role', 'group');
    this.node.setAttribute('aria-label', 'The running cell');
    this.#bar.setAttribute('role', 'progressbar');
    this.#bar.setAttribute('aria-label', 'Time so far, of the previous duration');
    this.#bar.append(this.#filled);
    this.#now.append(element('span', 'jp-PyPerf-live-label', 'Now'), this.#where, this.#code);
    this.#hottest.setAttribute('aria-label', 'Hottest lines so far');
    const head = element('div', 'jp-PyPerf-live-head');
    head.append(
      element('span', 'jp-PyPerf-live-pulse'),
      this.#elapsed,
      this.#previous,
      this.#cores,
      this.#memory,
    );
    this.node.append(head, this.#bar, this.#now, this.#hottest);
  }

  set figures(figures: LiveFigures) {
    const { previousMs, progress, memory, cores, currentLine, hottest } = figures;
    this.elapsedMs = figures.elapsedMs;
    this.#previous.textContent =
      previousMs === null ? '' : `took ${formatMs(previousMs)} the last time`;
    this.#memory.textContent = memory
      ? `memory ${formatBytes(memory.nowBytes)} (${formatGrowth(memory.growthBytes)})`
      : '';
    this.#cores.textContent = cores === null ? '' : `CPU ${formatCores(cores)}`;
    this.#bar.hidden = progress === null;
    if (progress !== null) {
      const percent = Math.round(progress * 100);
      this.#filled.style.width = `${percent}%`;
      this.#bar.setAttribute('aria-valuenow', String(percent));
    }
    this.#now.hidden = currentLine === null;
    if (currentLine) {
      this.#where.textContent = formatSource(currentLine.source);
      this.#code.textContent = codeOf(currentLine);
    }
    this.#hottest.hidden = hottest.length === 0;
    this.#hottest.replaceChildren(...hottest.map(drawLine));
  }

  set elapsedMs(elapsedMs: number) {
    this.#elapsed.textContent = `Running ${formatMs(elapsedMs)}`;
  }
}

/** A bar of its share, then the figures, then where: the same in the cell's gutter where the line is in sight. */
function drawLine(line: Line): HTMLElement {
  const row = element('li', 'jp-PyPerf-live-row');
  const bar = element('span', `jp-PyPerf-live-heat jp-mod-heat${heatStep(line.share)}`);
  const filled = element('span', 'jp-PyPerf-live-heatFilled');
  filled.style.width = `${(line.share * 100).toFixed(1)}%`;
  bar.append(filled);
  row.append(
    bar,
    element('span', 'jp-PyPerf-live-share', formatRoundShare(line.share)),
    element('span', 'jp-PyPerf-live-where', formatSource(line.source)),
    element('code', 'jp-PyPerf-live-code', codeOf(line)),
  );
  return row;
}

const codeOf = (line: Line): string =>
  line.text === undefined
    ? plain(line.function, CODE_LENGTH)
    : plainCode(line.text.trim(), CODE_LENGTH);

/** Text is data: it is always a text node. */
function element(tag: string, className: string, text = ''): HTMLElement {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
}
