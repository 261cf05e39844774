/**
 * A table that has the focus scrolls by the keys that scroll: else the notebook takes them to go to its next cell, in
 * Notebook 7 before any listener of ours. All other keys stay the notebook's.
 */
const KEYS = new Set([
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'PageUp',
  'PageDown',
  'Home',
  'End',
]);
const SUPPRESS = 'data-lm-suppress-shortcuts';

let isListening = false;

/** Heard at the window, before the document hands keys to commands. */
export function keepScrollKeys(): void {
  if (isListening) return;
  isListening = true;
  window.addEventListener('keydown', look, { capture: true });
}

function look({ target, key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): void {
  const table = target instanceof Element ? target.closest('.jp-PyPerf-scroll') : null;
  const isPlain = !altKey && !ctrlKey && !metaKey && !shiftKey;
  table?.toggleAttribute(SUPPRESS, isPlain && KEYS.has(key));
}
