/** Stack traces that name the user's own lines instead of those of the JavaScript that tslab made of them. */
import type { MappedCode } from './source-lines.ts';
import { sourcePlace } from './source-lines.ts';

export interface TracedScript {
  readonly mapped: MappedCode;
  readonly file: string;
  /** Columns that stand before the code's first line. */
  readonly firstColumns: number;
}

/**
 * Formats as Node does by default, for as long as nobody else sets `Error.prepareStackTrace`.
 * @param scriptOf by the name that V8 knows a script by.
 */
export function traceSources(scriptOf: (script: string) => TracedScript | undefined): void {
  Error.prepareStackTrace = (error, sites) => {
    const lines = sites.map(site => {
      const script = scriptOf(site.getFileName() ?? '');
      return script ? inSource(site, script) : textOf(site);
    });
    return [headOf(error), ...lines.filter(line => line !== undefined)].join('\n    at ');
  };
}

/** @returns undefined for tslab's own call of the function that it puts a cell into. */
function inSource(
  site: NodeJS.CallSite,
  { mapped, file, firstColumns }: TracedScript,
): string | undefined {
  const line = site.getLineNumber() ?? 0;
  const column = (site.getColumnNumber() ?? 0) - (line === 1 ? firstColumns : 0);
  const place = sourcePlace(mapped.segments, line, column);
  if (!place) return undefined;
  const at = `${site.getFileName() ?? ''}:${line}:${site.getColumnNumber() ?? 0}`;
  return textOf(site).replace(at, () => `${file}:${place.line}:${place.column}`);
}

/** What V8 itself would write of a call; its type does not tell that it can. */
const textOf = (site: NodeJS.CallSite): string => (site as { toString(): string }).toString();

/** As in Node's `prepareStackTraceCallback` (lib/internal/errors.js): its own errors show their code. */
function headOf(error: Error): string {
  try {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== undefined && isNodeError(error))
      return `${error.name} [${code}]: ${error.message}`;
    return Error.prototype.toString.call(error);
  } catch {
    return '<error>';
  }
}

function isNodeError(error: object): boolean {
  for (let at: object | null = error; at; at = Object.getPrototypeOf(at) as object | null)
    if (Object.getOwnPropertySymbols(at).some(symbol => symbol.description === 'kIsNodeError'))
      return true;
  return false;
}
