/** Phrases about memory that several renderers share. */
import type { Container, MemoryMethod, Variable } from '../profile/index.ts';
import type { MemoryPattern } from '../report/index.ts';
import { formatBytes, formatCount, formatRate, NOT_MEASURED, plain } from './format.ts';

/** `steady growth, 14.8 MB/s`; `where` names the cell in which it began. */
export function patternWords(pattern: MemoryPattern, where: string | null): string {
  const during = where ? ` during ${where}` : '';
  switch (pattern.kind) {
    case 'flat':
      return 'flat';
    case 'steady':
      return `steady growth, ${formatRate(pattern.bytesPerSecond)}`;
    case 'step':
      return `one step of ${formatBytes(pattern.growthBytes)}${during}`;
    case 'rapid':
      return `rapid growth${during}, ${formatBytes(pattern.growthBytes)}`;
    case 'peak':
      return `a rise of ${formatBytes(pattern.riseBytes)}${during}, given back`;
    case 'saw-tooth':
      return `up and down ${formatCount(pattern.cycles)} times by ${formatBytes(pattern.riseBytes)}`;
    case 'cyclical':
      return `cyclical with an upward trend, ${formatRate(pattern.bytesPerSecond)}`;
    case 'varying':
      return 'varying';
  }
}

/** `RiskCalculator.history grew by 4 000 items, 1.2 GB (dict, 9 000 items)`. */
export function containerWords({ path, type, items, itemsGrowth, growthBytes }: Container): string {
  const grown = [
    itemsGrowth > 0 ? `${formatCount(itemsGrowth)} ${itemsGrowth === 1 ? 'item' : 'items'}` : '',
    formatBytes(growthBytes),
  ];
  return `${plain(path, 80)} grew by ${grown.filter(Boolean).join(', ')} (${plain(type, 40)}, ${formatCount(items)} items)`;
}

/** `pandas.DataFrame, 14 columns`. */
export function variableWords(variable: Variable): string {
  const parts = [plain(variable.type, 40), variable.shape && plain(variable.shape, 40)];
  if (variable.partial) parts.push('at least');
  return parts.filter(Boolean).join(', ');
}

/** The method's name in the profile stands behind the words for it. */
export function memoryMethodWords(method: MemoryMethod): string {
  switch (method) {
    case 'hwm':
      return "peak memory: the system's own mark (hwm)";
    case 'rss':
      return 'peak memory: the greatest sample (rss)';
    case 'trace':
      return "peak memory: Python's allocations (trace)";
    case 'heap':
      return 'peak memory: the heap (heap)';
    case 'unavailable':
      return `peak memory ${NOT_MEASURED}`;
  }
}
