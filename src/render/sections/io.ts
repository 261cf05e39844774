/** What was read and written, as sentences: text, Markdown and the page only draw them. */
import type { FileUse, Report } from '../../report/index.ts';
import {
  baseName,
  formatBytes,
  formatCount,
  formatMeasured,
  formatRoundShare,
  NOT_MEASURED,
} from '../format.ts';
import { inSentence, readsWords } from '../words.ts';

const TOP = 5;
const MIN_SHARE = 0.01;
/** A cell that spends less than this waiting for disk is not an I/O problem. */
const MIN_DISK_SHARE = 0.1;
const WORTH_TELLING_BYTES = 1e6;

export function ioSentences({ cells, run, files }: Report): string[] {
  const waiting = cells
    .map(cell => ({ cell, share: (cell.offCpu.value?.disk ?? 0) / (cell.cell.wallTimeMs || 1) }))
    .filter(({ cell, share }) => share >= MIN_DISK_SHARE && cell.shareOfRun >= MIN_SHARE)
    .sort((a, b) => b.cell.shareOfRun * b.share - a.cell.shareOfRun * a.share)
    .slice(0, TOP)
    .map(
      ({ cell, share }) =>
        `${formatRoundShare(share)} of ${inSentence(cell)} time spent on disk I/O`,
    );
  const repeated = files.flatMap(file => repeatedWords(file) ?? []).slice(0, TOP);
  if (run.io.value === null)
    return [...waiting, ...repeated, `Bytes: ${formatMeasured(run.io, () => NOT_MEASURED)}`];
  const { readBytes, writeBytes, storageReadBytes, storageWriteBytes } = run.io.value;
  const traffic = (verb: string, all: number, storage: number, way: string) =>
    all >= WORTH_TELLING_BYTES
      ? [`${formatBytes(all)} ${verb} (${formatBytes(storage)} ${way} storage)`]
      : [];
  return [
    ...waiting,
    ...repeated,
    ...traffic('read', readBytes, storageReadBytes, 'from'),
    ...traffic('written', writeBytes, storageWriteBytes, 'to'),
  ];
}

/** `variants.csv read 3 times (3 × 1.2 GB)`; null for a file that was used once. */
function repeatedWords({ path, reads, opens, readBytes, writeBytes }: FileUse): string | null {
  const times = Math.max(opens ?? 0, reads.length);
  if (times < 2) return null;
  const isWritten = (writeBytes ?? 0) > (readBytes ?? 0);
  const often = `${formatCount(times)} times`;
  if (isWritten) return `${baseName(path)} opened for writing ${often}`;
  if (!readBytes) return `${baseName(path)} opened ${often}`;
  const bytes = reads.length === times ? readsWords(reads) : `${formatBytes(readBytes)} in all`;
  return `${baseName(path)} read ${often} (${bytes})`;
}
