/** Whether figures still speak of the code that stands in a cell. Pure. */

const MAGIC = /^((?:[ \t]*\n)*)%%?pyperf(?![\w.])[^\n]*/;

/**
 * Blanks at the end change nothing, nor do other options of our magic. A magic that came or went does: figures name
 * lines by number, and those would be off.
 */
export const isSameCode = (ran: string, stands: string): boolean =>
  ran === stands || essence(ran) === essence(stands);

const essence = (source: string): string =>
  source.replace(/\r\n?/g, '\n').replace(MAGIC, '$1%%pyperf').trimEnd();
