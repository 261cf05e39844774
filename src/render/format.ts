/** The only place where numbers become words. Units are decimal, as disks and `top -o` say them. */
import type { OffCpuCause, Source } from '../profile/index.ts';
import type { Measured } from '../report/index.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** `85 µs`, `12.4 ms`, `640 ms`, `42.1 s`, `3 min 42 s`, `2 h 06 min`. */
export function formatMs(ms: number): string {
  if (ms < 0) return `−${formatMs(-ms)}`;
  if (ms === 0) return '0 ms';
  if (ms < 0.9995) return `${Math.max(1, Math.round(ms * 1000))} µs`;
  if (ms < 99.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < MINUTE_MS - 50) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < HOUR_MS - 500) {
    const seconds = Math.round(ms / 1000);
    return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
  const minutes = Math.round(ms / MINUTE_MS);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** `12 s`, `3 min 42 s`: a time that grows while people look at it, or a guess. */
export function formatRoundMs(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : formatMs(seconds * 1000);
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `512 B`, `14.8 MB`, `410 MB`, `5.9 GB`: 1 kB is 1000 B. */
export function formatBytes(bytes: number): string {
  if (bytes < 0) return `−${formatBytes(-bytes)}`;
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit > 0 && value < 99.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${BYTE_UNITS[unit] ?? ''}`;
}

/** `+2.2 GB`, `−30.0 MB`, `±0 B`. */
export function formatGrowth(bytes: number): string {
  if (bytes === 0) return '±0 B';
  return bytes > 0 ? `+${formatBytes(bytes)}` : formatBytes(bytes);
}

export const formatRate = (bytesPerSecond: number) => `${formatBytes(bytesPerSecond)}/s`;

/** `8.7%`; never rounded to nothing, nor up to all. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.0005) return '<0.1%';
  if (share < 1 && share >= 0.9995) return '>99.9%';
  return `${(share * 100).toFixed(1)}%`;
}

/** `93.2% less`, `12.0% more`, `the same`; `new` where there was nothing before. @param improvement the part that is gone. */
export function formatChange(improvement: number | null): string {
  if (improvement === null) return 'new';
  if (improvement === 0) return 'the same';
  return improvement < 0 ? `${formatShare(-improvement)} more` : `${formatShare(improvement)} less`;
}

/** `72%`, where the tenth says nothing more. */
export function formatRoundShare(share: number): string {
  if (share > 0 && share < 0.005) return '<1%';
  if (share < 1 && share >= 0.995) return '>99%';
  return `${Math.round(share * 100)}%`;
}

/** `0.98 cores`, `1.00 core`. */
export function formatCores(cores: number): string {
  const digits = cores.toFixed(cores < 9.995 ? 2 : 1);
  return `${digits} ${Number(digits) === 1 ? 'core' : 'cores'}`;
}

/** `423 000`: groups apart by a thin space. */
export const formatCount = (count: number) =>
  String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, '\u202f');

/** `1 cell`, `7 cells`. */
export const countOf = (count: number, one: string, many = `${one}s`) =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** `2026-03-02 09:30:00 UTC`; the offset stays when it is another. */
export const formatTimestamp = (iso: string) =>
  plain(iso).replace('T', ' ').replace(/\.\d+/, '').replace(/Z$/, ' UTC');

export const NOT_MEASURED = 'not measured';

/** For figures that may be missing, such as those of a file. */
export const orNotMeasured = (
  figure: number | null | undefined,
  format: (figure: number) => string,
): string => (typeof figure === 'number' ? format(figure) : NOT_MEASURED);

/** The figure in words, else `not measured (why)`. */
export function formatMeasured<T>(figure: Measured<T>, format: (value: T) => string): string {
  if (!('reason' in figure)) return format(figure.value);
  return figure.reason ? `${NOT_MEASURED} (${withoutStop(plain(figure.reason))})` : NOT_MEASURED;
}

/** `disk`, `I/O readiness`: what a thread waits for. */
export function formatCause(cause: OffCpuCause): string {
  switch (cause) {
    case 'wait':
      return 'I/O readiness';
    case 'disk':
    case 'network':
    case 'lock':
    case 'sleep':
    case 'other':
      return cause;
  }
}

/** `[15]:8`, `data_preprocessing.py:289`. */
export const formatSource = (source: Source): string =>
  'file' in source
    ? `${baseName(source.file)}:${source.line}`
    : `[${source.executionCount}]:${source.line}`;

export const baseName = (path: string): string =>
  plain(path).split(/[\\/]/).filter(Boolean).at(-1) ?? '';

/**
 * Text from the user's code or machine, safe on one line of a terminal, a log or an XML document: white space becomes
 * single spaces; control characters and those that turn the direction of writing round are shown by number.
 * @param maxLength longer text ends in `…`.
 */
export function plain(text: string, maxLength = Infinity): string {
  return clip(showUnsafe(text.replace(/\s+/gu, ' ')).trim(), maxLength);
}

/** A line of code: as `plain`, but its spaces and tabs are its own. */
export const plainCode = (line: string, maxLength = Infinity): string =>
  clip(line.split('\t').map(showUnsafe).join('\t'), maxLength);

const showUnsafe = (text: string) =>
  text.replace(UNSAFE, char => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);

function clip(text: string, maxLength: number): string {
  const points = Array.from(text);
  return points.length > maxLength ? `${points.slice(0, maxLength - 1).join('')}…` : text;
}

/** Control characters, lone surrogates, non-characters and marks that turn the direction of writing round. */
const UNSAFE = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;

export const withoutStop = (sentence: string) => sentence.replace(/\.$/, '');
export const lowerFirst = (text: string) =>
  /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
