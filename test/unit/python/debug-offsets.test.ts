/** What CPython tells of its own layout. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  DEBUG_OFFSETS_BYTES,
  parseDebugOffsets,
} from '../../../kernel/languages/python/cpython/layouts/debug-offsets.ts';

const recorded = (version = '3.13'): Buffer =>
  Buffer.from(
    readFileSync(
      join(import.meta.dirname, `fixtures/debug-offsets-${version}.hex`),
      'latin1',
    ).trim(),
    'hex',
  );

it('reads what a real 3.13 tells', () => {
  // `offsetof` over the headers of 3.13.0 gives the same.
  expect(parseDebugOffsets(recorded())).toMatchObject({
    version: '3.13',
    thread: { dataStackChunk: 232, cframe: undefined },
    frame: { code: 0, previous: 8, instruction: 56, localsPlus: 72, owner: 70 },
    code: { firstLine: 68, fileName: 112, name: 120, qualifiedName: 128, lineTable: 136 },
    text: { asciiSize: 40, compactSize: 56, length: 16, state: 32 },
    generator: { frame: 72, state: 67 },
  });
});

// `offsetof` over the headers of 3.14.10 and 3.15.2 gives the same.
it.each([
  { version: '3.14', chunk: 232, suspended: { created: -3, last: -1 } },
  { version: '3.15', chunk: 256, suspended: { created: 0, last: 3 } },
])('reads what a real $version tells', ({ version, chunk, suspended }) => {
  expect(parseDebugOffsets(recorded(version))).toMatchObject({
    version,
    thread: { frame: 72, dataStackChunk: chunk, cframe: undefined },
    frame: { code: 0, localsPlus: 80, owner: 74, stack: { kind: 'pointer', offset: 64 } },
    code: { flags: 48, firstLine: 68, lineTable: 136, bytecode: 208 },
    text: { asciiSize: 40, compactSize: 56, length: 16, state: 32 },
    generator: { frame: 72, state: 67, suspended },
    tasksAreLinked: true,
  });
});

it('reads the order of 3.14', () => {
  // Every field holds its own number, so that the order shows: the cookie, version and flag come first.
  const bytes = Buffer.alloc(DEBUG_OFFSETS_BYTES);
  bytes.write('xdebugpy', 'latin1');
  bytes.writeBigUInt64LE(0x030e00f0n, 8);
  for (let field = 3; field * 8 < bytes.length; field++)
    bytes.writeBigUInt64LE(BigInt(field), field * 8);
  // Counted by hand in `pycore_debug_offsets.h` of 3.14.
  expect(parseDebugOffsets(bytes)).toMatchObject({
    version: '3.14',
    runtime: { interpretersHead: 5 },
    interpreter: { next: 8, threadsHead: 9, gil: { within: 'interpreter', offset: 15 } },
    thread: { next: 24, interpreter: 25, frame: 26, nativeId: 28, dataStackChunk: 29 },
    frame: {
      previous: 32,
      code: 33,
      instruction: 34,
      localsPlus: 35,
      owner: 36,
      stack: { kind: 'pointer', offset: 37 },
    },
    code: { fileName: 40, name: 41, qualifiedName: 42, lineTable: 43, firstLine: 44, bytecode: 48 },
  });
});

it('refuses free-threaded builds and what is no table', () => {
  const freeThreaded = recorded();
  freeThreaded.writeBigUInt64LE(1n, 16);
  expect(() => parseDebugOffsets(freeThreaded)).toThrow('free-threaded');
  expect(() => parseDebugOffsets(Buffer.alloc(DEBUG_OFFSETS_BYTES))).toThrow('does not describe');
  const absurd = recorded();
  absurd.writeBigUInt64LE(2n ** 40n, 40);
  expect(() => parseDebugOffsets(absurd)).toThrow('not plausible');
});
