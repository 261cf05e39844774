import { describe, expect, it } from 'vitest';
import {
  emptyIo,
  emptyStat,
  parseIo,
  parseNamedNumber,
  parseStat,
  parseWord,
} from '../../../kernel/sampling/procfs/parse.ts';
import { processName } from '../../../kernel/sampling/procfs/process-name.ts';

/** A recorded line of Linux 6.18, its name changed to the worst that is allowed. */
const STAT = `4966 (a) b) (c) S 4963 4970 4967 0 -1 4194560 2160 29203 0 5 7 2 18 8 20 -5 3 0 125959 5124096 981 18446744073709551615 93955246252032 93955247041437 140727849010912 0 0 0 65536 4 1132560123 1 0 0 17 1 0 0 0 0 0 93955247274736 93955247322980 93955986587648 140727849012095 140727849012110 140727849012110 140727849013226 0\n`;

const padded = (text: string): Buffer => Buffer.from(`${text}leftovers of an earlier read 99 kB`);

describe('parseStat', () => {
  it('finds the fields behind any name', () => {
    const stat = emptyStat();
    expect(parseStat(padded(STAT), STAT.length, stat)).toBe(true);
    expect(stat).toEqual({
      state: 'S'.charCodeAt(0),
      parentPid: 4963,
      session: 4967,
      minorFaults: 2160,
      userTicks: 7,
      systemTicks: 2,
      childUserTicks: 18,
      childSystemTicks: 8,
      threads: 3,
      startTicks: 125959,
      rssPages: 981,
      startCode: 93955246252032,
      exitSignal: 17,
    });
  });

  it('tells a thread by its exit signal', () => {
    const stat = emptyStat();
    const thread = STAT.replace(' 17 1 0', ' -1 1 0');
    parseStat(padded(thread), thread.length, stat);
    expect(stat.exitSignal).toBe(-1);
  });

  it('refuses a line that is cut off', () => {
    expect(parseStat(padded(STAT), 60, emptyStat())).toBe(false);
    expect(parseStat(padded(STAT), 0, emptyStat())).toBe(false);
  });
});

describe('other files', () => {
  it('parses io', () => {
    const io = emptyIo();
    const text =
      'rchar: 1193341\nwchar: 124208\nsyscr: 10501\nsyscw: 340\nread_bytes: 421888\nwrite_bytes: 258048\ncancelled_write_bytes: 143360\n';
    expect(parseIo(padded(text), text.length, io)).toBe(true);
    expect(io).toEqual({
      readBytes: 1193341,
      writeBytes: 124208,
      storageReadBytes: 421888,
      storageWriteBytes: 258048,
    });
    expect(parseIo(padded(text), 40, io)).toBe(false);
  });

  it('parses a named number, not one that an earlier read left behind', () => {
    const text = 'VmPeak:\t    9000 kB\nVmHWM:\t    4036 kB\n';
    expect(parseNamedNumber(padded(text), text.length, Buffer.from('VmHWM:'))).toBe(4036);
    expect(parseNamedNumber(padded(text), 20, Buffer.from('VmHWM:'))).toBe(-1);
  });

  it('parses a word of a line', () => {
    expect(parseWord(padded('28738960 4912672 62\n'), 20, 1)).toBe(4912672);
    expect(parseWord(padded('0.41 0.37 0.40 2/138 5077\n'), 26, 4)).toBe(5077);
    expect(parseWord(padded(''), 0, 0)).toBe(-1);
  });
});

describe('processName', () => {
  it.each([
    [['/usr/bin/python3.11', '-u', '/home/me/train.py', '--lr', '1'], 'python3.11 train.py'],
    [['python', '-X', 'dev', '-m', 'http.server'], 'python -m http.server'],
    [
      ['python', '-c', 'from multiprocessing.spawn import spawn_main; x'],
      'python multiprocessing.spawn',
    ],
    [['python', '-c', 'print(1)'], 'python -c'],
    [['python'], 'python'],
    [['/bin/sh', '-c', 'sleep 1'], 'sh'],
    [['nginx: worker process'], 'nginx:'],
    [[], 'comm'],
  ])('%j is called %s', (command, name) => {
    expect(processName(command, 'comm')).toBe(name);
  });
});
