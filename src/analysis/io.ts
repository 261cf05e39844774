/** What files were read and how: again and again, or in many small openings. */
import type { Cell, Source } from '../profile/index.ts';
import { lineKey } from './source-key.ts';

export interface RepeatedFile {
  readonly path: string;
  readonly opens: number;
  readonly readBytes: number;
  readonly waitMs: number;
  /** The user's lines that opened it. */
  readonly sources: readonly Source[];
}

/** What imports read is no data of the notebook's. */
const CODE = /\.(py|pyc|pyd|so|dll|zip|pth)$|[\\/](site|dist)-packages[\\/]/;
/** Fewer openings of one file are no pattern. */
const MIN_OPENS = 2;

/** Files that were opened more than once and read, most openings first. */
export function findRepeatedFiles(cells: readonly Cell[]): RepeatedFile[] {
  const files = new Map<string, RepeatedFile>();
  for (const file of cells.flatMap(cell => cell.io.files)) {
    const reads = (file.opens ?? 0) - (file.writeOpens ?? 0);
    if (reads <= 0 || CODE.test(file.path)) continue;
    const known = files.get(file.path);
    files.set(file.path, {
      path: file.path,
      opens: reads + (known?.opens ?? 0),
      readBytes: (file.readBytes ?? reads * (file.sizeBytes ?? 0)) + (known?.readBytes ?? 0),
      waitMs: file.waitMs + (known?.waitMs ?? 0),
      sources: distinct([...(known?.sources ?? []), ...(file.sources ?? [])]),
    });
  }
  return [...files.values()]
    .filter(({ opens, sources }) => opens >= MIN_OPENS && sources.length > 0)
    .sort((a, b) => b.opens - a.opens);
}

export interface ManyFiles {
  readonly source: Source;
  readonly files: number;
  readonly opens: number;
}

/** Lines that opened many files for reading, most openings first. */
export function findManyFiles(cells: readonly Cell[], least: number): ManyFiles[] {
  const lines = new Map<string, ManyFiles & { paths: Set<string> }>();
  for (const file of cells.flatMap(cell => cell.io.files)) {
    const reads = (file.opens ?? 0) - (file.writeOpens ?? 0);
    const [source, ...others] = file.sources ?? [];
    // Which of several lines opened it how often is not known.
    if (!source || others.length > 0 || reads <= 0) continue;
    const known = lines.get(lineKey(source));
    const paths = (known?.paths ?? new Set<string>()).add(file.path);
    lines.set(lineKey(source), {
      source,
      paths,
      files: paths.size,
      opens: reads + (known?.opens ?? 0),
    });
  }
  return [...lines.values()].filter(line => line.files >= least).sort((a, b) => b.opens - a.opens);
}

/** Each line once, in the order in which they came. */
export function distinct(sources: readonly Source[]): Source[] {
  return [...new Map(sources.map(source => [lineKey(source), source])).values()];
}
