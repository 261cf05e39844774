/**
 * Where the lines of a source went when it was edited: heat was measured on one text and is shown on another.
 * Equal lines are found in order; what was edited in place keeps its place.
 */

/** Where more pairs of lines than this would be compared, those lines are given up: nobody waits for a keystroke. */
const MOST_PAIRS = 250_000;

/** For each line of `before` its index in `after`, or null when it is gone. */
export function mapLines(before: readonly string[], after: readonly string[]): (number | null)[] {
  const shortest = Math.min(before.length, after.length);
  let head = 0;
  while (head < shortest && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const inner = mapInner(
    before.slice(head, before.length - tail),
    after.slice(head, after.length - tail),
  );
  return before.map((_, line) => {
    if (line < head) return line;
    if (line >= before.length - tail) return line + after.length - before.length;
    const to = inner[line - head] ?? null;
    return to === null ? null : to + head;
  });
}

function mapInner(before: readonly string[], after: readonly string[]): (number | null)[] {
  if (before.length * after.length > MOST_PAIRS) return before.map(() => null);
  return alignEdited(before, after, mapEqual(before, after));
}

/** The longest common subsequence. */
function mapEqual(before: readonly string[], after: readonly string[]): (number | null)[] {
  const width = after.length + 1;
  const longest = new Uint16Array((before.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      longest[i * width + j] =
        before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const map = before.map((): number | null => null);
  for (let i = 0, j = 0; i < before.length && j < after.length;) {
    if (before[i] === after[j]) map[i++] = j++;
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return map;
}

/** Between equal lines, a line that became another is the one that resembles it, in order. */
function alignEdited(
  before: readonly string[],
  after: readonly string[],
  equal: readonly (number | null)[],
): (number | null)[] {
  const map = [...equal];
  let next = 0;
  for (let line = 0; line < before.length; line++) {
    const known = map[line];
    if (typeof known === 'number') {
      next = known + 1;
      continue;
    }
    const end = map.slice(line).find(to => to !== null) ?? after.length;
    const to = findAlike(before[line] ?? '', after, next, end);
    if (to === null) continue;
    map[line] = to;
    next = to + 1;
  }
  return map;
}

/** Half of the characters, at both ends, must have stayed. */
function findAlike(
  text: string,
  after: readonly string[],
  from: number,
  end: number,
): number | null {
  let best: number | null = null;
  let most = 0.5;
  for (let line = from; line < end; line++) {
    const alike = likeness(text.trim(), (after[line] ?? '').trim());
    if (alike > most || (alike === most && best === null)) [best, most] = [line, alike];
  }
  return best;
}

function likeness(a: string, b: string): number {
  const shortest = Math.min(a.length, b.length);
  if (shortest === 0) return 0;
  let head = 0;
  while (head < shortest && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shortest - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  return (head + tail) / Math.max(a.length, b.length);
}
