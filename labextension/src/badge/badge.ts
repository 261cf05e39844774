/** One timing badge: a line of text under the cell's code. */
import { Widget } from '@lumino/widgets';
import type { BadgeWords } from './badge-words.ts';

export class Badge extends Widget {
  #written = '';

  constructor() {
    super();
    this.addClass('jp-PyPerf-badge');
    this.node.setAttribute('role', 'note');
    this.node.setAttribute('aria-label', 'Timing of the cell');
  }

  /** Writes only what is new, so that a page at rest stays at rest. */
  write({ parts, detail }: BadgeWords): void {
    const written = JSON.stringify([parts, detail]);
    if (written === this.#written) return;
    this.#written = written;
    this.node.title = detail;
    this.node.replaceChildren(
      ...parts.map(part => {
        const node = document.createElement('span');
        node.className = 'jp-PyPerf-badge-part';
        node.textContent = part;
        return node;
      }),
    );
  }
}
