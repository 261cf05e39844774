/**
 * Parsers for the files of `/proc/<pid>`, straight from bytes: no string and no object is made, because they run for
 * every process at every tick. Formats: proc(5) and `Documentation/filesystems/proc.rst` of the Linux sources.
 */

const NEWLINE = 0x0a;
const SPACE = 0x20;
const CLOSE = 0x29;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;

/** Fields of `/proc/<pid>/stat` that we use. Overwritten by each `parseStat`. */
export interface StatFields {
  /** The state letter's character code; `Z` is a zombie. */
  state: number;
  parentPid: number;
  session: number;
  /** Page faults that needed no storage: each gives a page, or gives it anew. */
  minorFaults: number;
  userTicks: number;
  systemTicks: number;
  /** Of the children that were waited for, and theirs. */
  childUserTicks: number;
  childSystemTicks: number;
  threads: number;
  /** Ticks since boot: with the pid it names a process for good. */
  startTicks: number;
  rssPages: number;
  /** Changes with every `exec` of a position-independent program. */
  startCode: number;
  /** -1 for a thread that does not lead its process. */
  exitSignal: number;
}

export const ZOMBIE = 0x5a;
export const DEAD = 0x58;

export function emptyStat(): StatFields {
  return {
    state: 0,
    parentPid: 0,
    session: 0,
    minorFaults: 0,
    userTicks: 0,
    systemTicks: 0,
    childUserTicks: 0,
    childSystemTicks: 0,
    threads: 0,
    startTicks: 0,
    rssPages: 0,
    startCode: 0,
    exitSignal: 0,
  };
}

/** @returns false when the text is not a whole `stat` line. */
export function parseStat(text: Buffer, length: number, into: StatFields): boolean {
  // The name may hold any byte, `)` and spaces too; behind its end there are only numbers and the state.
  const nameEnd = text.lastIndexOf(CLOSE, length - 1);
  if (nameEnd < 0 || nameEnd + 2 >= length) return false;
  into.state = text[nameEnd + 2] as number;
  let at = nameEnd + 4;
  let field = 4;
  while (at < length && field <= 38) {
    let negative = false;
    if (text[at] === MINUS) {
      negative = true;
      at++;
    }
    let value = 0;
    for (; at < length; at++) {
      const digit = text[at] as number;
      if (digit < ZERO || digit > NINE) break;
      value = value * 10 + (digit - ZERO);
    }
    setField(into, field, negative ? -value : value);
    field++;
    at++;
  }
  return field > 38;
}

function setField(into: StatFields, field: number, value: number): void {
  // Numbers as in proc(5).
  if (field === 4) into.parentPid = value;
  else if (field === 6) into.session = value;
  else if (field === 10) into.minorFaults = value;
  else if (field === 14) into.userTicks = value;
  else if (field === 15) into.systemTicks = value;
  else if (field === 16) into.childUserTicks = value;
  else if (field === 17) into.childSystemTicks = value;
  else if (field === 20) into.threads = value;
  else if (field === 22) into.startTicks = value;
  else if (field === 24) into.rssPages = value;
  else if (field === 26) into.startCode = value;
  else if (field === 38) into.exitSignal = value;
}

/** The counters of `/proc/<pid>/io`, in bytes. Overwritten by each `parseIo`. */
export interface IoFields {
  readBytes: number;
  writeBytes: number;
  storageReadBytes: number;
  storageWriteBytes: number;
}

export const emptyIo = (): IoFields => ({
  readBytes: 0,
  writeBytes: 0,
  storageReadBytes: 0,
  storageWriteBytes: 0,
});

/** `rchar wchar syscr syscw read_bytes write_bytes …`, one `name: value` a line, in this order since 2.6.20. */
export function parseIo(text: Buffer, length: number, into: IoFields): boolean {
  let line = 0;
  let value = 0;
  let inValue = false;
  for (let at = 0; at < length; at++) {
    const byte = text[at] as number;
    if (byte === NEWLINE) {
      if (line === 0) into.readBytes = value;
      else if (line === 1) into.writeBytes = value;
      else if (line === 4) into.storageReadBytes = value;
      else if (line === 5) into.storageWriteBytes = value;
      line++;
      value = 0;
      inValue = false;
    } else if (byte === SPACE) inValue = true;
    else if (inValue) value = value * 10 + (byte - ZERO);
  }
  return line >= 6;
}

/**
 * The number behind `name` in a `name:   123 kB` list such as `/proc/<pid>/status`.
 * @param name with its colon, as bytes.
 * @returns -1 when there is no such line: a zombie has no memory, for one.
 */
export function parseNamedNumber(text: Buffer, length: number, name: Buffer): number {
  const found = text.indexOf(name);
  if (found < 0 || found >= length) return -1;
  return numberAt(text, found + name.length, length);
}

/** The number of index `word`, counted from 0, in a line of numbers. */
export function parseWord(text: Buffer, length: number, word: number): number {
  let at = 0;
  for (let skipped = 0; skipped < word; skipped++) {
    while (at < length && text[at] !== SPACE) at++;
    at++;
  }
  return numberAt(text, at, length);
}

function numberAt(text: Buffer, from: number, length: number): number {
  let at = from;
  while (at < length && !isDigit(text[at] as number)) at++;
  if (at >= length) return -1;
  let value = 0;
  for (; at < length && isDigit(text[at] as number); at++)
    value = value * 10 + ((text[at] as number) - ZERO);
  return value;
}

const isDigit = (byte: number): boolean => byte >= ZERO && byte <= NINE;
