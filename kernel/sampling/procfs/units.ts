/** The two units that `/proc` counts in, told by the system in the auxiliary vector: see getauxval(3). */
import { readFileSync } from 'node:fs';

export interface ProcUnits {
  readonly msPerTick: number;
  /** 4 kB on x86-64; 16 or 64 kB on some arm64 systems. */
  readonly pageBytes: number;
}

const AT_PAGESZ = 6n;
const AT_CLKTCK = 17n;

export function readProcUnits(procRoot: string): ProcUnits {
  const vector = readFileSync(`${procRoot}/self/auxv`);
  let pageBytes = 4096;
  let ticksPerSecond = 100;
  // Pairs of machine words. Node runs on 64-bit Linux only, all of it little-endian but s390x.
  const little = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
  const word = (at: number): bigint =>
    little ? vector.readBigUInt64LE(at) : vector.readBigUInt64BE(at);
  for (let at = 0; at + 16 <= vector.length; at += 16) {
    const key = word(at);
    if (key === AT_PAGESZ) pageBytes = Number(word(at + 8));
    else if (key === AT_CLKTCK) ticksPerSecond = Number(word(at + 8));
  }
  return { msPerTick: 1000 / ticksPerSecond, pageBytes };
}
