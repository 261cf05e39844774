/** Takes out of a result only what differs between two runs of the same bare kernel. */

/**
 * Memory addresses become `0xADDRESS`; UUIDs and 32-digit ids become their order of appearance, so that a reference to
 * the wrong one still shows; process ids, temporary folders, the
 * hash of a cell's source in its file's name, dates and timings that a program prints become a word.
 */
export function normalise<Value>(value: Value, drop: readonly string[] = []): Value {
  const ids = new Map<string, string>();
  const named = (id: string): string => {
    const known = ids.get(id) ?? `ID-${ids.size}`;
    ids.set(id, known);
    return known;
  };
  const text = (raw: string): string =>
    raw
      .replace(/0x[0-9a-f]{6,16}\b/gi, '0xADDRESS')
      .replace(
        /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/g,
        named,
      )
      .replace(/ipykernel_\d+/g, 'ipykernel_PID')
      .replace(/\b\d{5,}\.py\b/g, 'CELL.py')
      .replace(/\/tmp\/pj-\w{6}/g, '/tmp/pj')
      .replace(/(pipe|socket):\[\d+\]/g, '$1')
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*(Z|[+-]\d\d:?\d\d)?/g, 'DATE')
      .replace(/\d+(\.\d+)?(e[+-]\d+)? ?(ns|µs|μs|us|ms|s|min)\b/g, 'DURATION');
  const walk = (node: unknown): unknown => {
    if (typeof node === 'string') return text(node);
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node)
        .filter(([key]) => !drop.includes(key))
        .map(([key, inner]) => [text(key), walk(inner)]),
    );
  };
  return walk(value) as Value;
}
