/** Puts names and figures into a rule's texts. */

export type Values = Readonly<Record<string, string | number>>;

const SLOT = /\{\{\s*([\w.]+)\s*\}\}/g;
/** A captured expression that is longer would hide the sentence around it. */
const MAX_LENGTH = 60;

/** @param maxLength of a captured expression; code that somebody may copy is left whole. */
export function fill(template: string, values: Values, maxLength = MAX_LENGTH): string {
  return template.replace(SLOT, (_slot, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return '…';
    return typeof value === 'number' ? inDigits(value) : short(value, maxLength);
  });
}

export const slotsOf = (template: string): string[] =>
  [...template.matchAll(SLOT)].map(match => match[1] ?? '');

const short = (text: string, maxLength: number): string => {
  const oneLine = text.replace(/\s+/g, ' ');
  return oneLine.length > maxLength ? `${oneLine.slice(0, maxLength - 1)}…` : oneLine;
};

const inDigits = (value: number): string => {
  const digits = Number.isInteger(value) ? 0 : 1;
  return value.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
};
