import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProcessTree } from '../../../kernel/sampling/process-tree.ts';
import { FakeProc } from './proc-fixture.ts';

const UNITS = { msPerTick: 10, pageBytes: 16_384 };
let proc: FakeProc;
let tree: ProcessTree;

beforeEach(() => {
  proc = new FakeProc();
  proc.lastPid(200);
  proc.write({ pid: 100, userTicks: 50, ranNs: 503e6, rssPages: 10, children: [110] });
  proc.write({ pid: 110, parentPid: 100, userTicks: 20, ranNs: 207e6, rssPages: 5, readBytes: 70 });
  tree = ProcessTree.open(proc.root, 100, UNITS) as ProcessTree;
  tree.refresh(0, true);
});
afterEach(() => {
  tree.close();
  proc.remove();
});

describe('ProcessTree', () => {
  it('sums the kernel and its descendants, in the pages of this machine', () => {
    expect(tree.totals.cpuMs).toBeCloseTo(710);
    expect(tree.rssBytes).toBe(15 * 16_384);
    expect(tree.totals.readBytes).toBe(70);
    expect(tree.descendants).toEqual([110]);
  });

  it('is undefined without the process', () => {
    expect(ProcessTree.open(proc.root, 999, UNITS)).toBeUndefined();
  });

  it('finds a grandchild by the numbers that were given out since the last look', () => {
    proc.write({ pid: 201, parentPid: 110, userTicks: 1, ranNs: 15e6 });
    proc.write({ pid: 202, parentPid: 7 });
    proc.lastPid(203);
    tree.refresh(20, false);
    expect(tree.descendants).toEqual([110, 201]);
    expect(tree.totals.cpuMs).toBeCloseTo(725);
  });

  it('finds a daemon of the kernel by its session', () => {
    proc.write({ pid: 201, parentPid: 1, session: 100 });
    proc.lastPid(201);
    tree.refresh(20, false);
    expect(tree.descendants).toEqual([110, 201]);
  });

  it('finds children within a second where the last number stands still', () => {
    proc.write({ pid: 100, userTicks: 50, ranNs: 503e6, children: [110, 150] });
    proc.write({ pid: 150, parentPid: 100 });
    tree.refresh(500, false);
    expect(tree.descendants).toEqual([110]);
    tree.refresh(1100, false);
    expect(tree.descendants).toEqual([110, 150]);
  });

  it('keeps a process that was reparented', () => {
    proc.write({ pid: 110, parentPid: 1, userTicks: 30, ranNs: 301e6 });
    proc.write({ pid: 100, userTicks: 50, ranNs: 503e6 });
    tree.refresh(2000, true);
    expect(tree.totals.cpuMs).toBeCloseTo(804);
  });

  it('conserves the time of a child that its parent waited for', () => {
    proc.end(110);
    proc.write({ pid: 100, userTicks: 50, ranNs: 503e6, childTicks: 21, readBytes: 75 });
    tree.refresh(20, false);
    expect(tree.totals.cpuMs).toBeCloseTo(503 + 210, 6);
    expect(tree.totals.readBytes).toBe(75);
    expect(tree.ended.map(({ pid }) => pid)).toEqual([110]);
    tree.refresh(40, false);
    expect(tree.totals.cpuMs).toBeCloseTo(503 + 210, 6);
    expect(tree.ended).toEqual([]);
  });

  it('keeps what it saw of a child that nobody waited for', () => {
    proc.end(110);
    tree.refresh(20, false);
    expect(tree.totals.cpuMs).toBeCloseTo(710);
    expect(tree.totals.readBytes).toBe(70);
    tree.refresh(40, false);
    expect(tree.totals.cpuMs).toBeCloseTo(710);
  });

  it('takes a reused number for a new process', () => {
    proc.write({ pid: 110, parentPid: 100, startTicks: 9000, userTicks: 2, ranNs: 21e6 });
    proc.write({ pid: 100, userTicks: 50, ranNs: 503e6, childTicks: 20, children: [110] });
    tree.refresh(20, true);
    expect(tree.ended.map(({ pid }) => pid)).toEqual([110]);
    expect(tree.descendants).toEqual([110]);
    expect(tree.totals.cpuMs).toBeCloseTo(503 + 207 + 21);
  });

  it('takes a reused number outside the tree for none of its own', () => {
    proc.write({ pid: 110, parentPid: 7, startTicks: 9000, userTicks: 5000, rssPages: 9999 });
    proc.write({ pid: 100, userTicks: 50, ranNs: 503e6, rssPages: 10, childTicks: 20 });
    tree.refresh(20, true);
    expect(tree.descendants).toEqual([]);
    expect(tree.rssBytes).toBe(10 * 16_384);
  });

  it('counts the figures of a family that ended at once only once', () => {
    proc.write({ pid: 201, parentPid: 110, userTicks: 10, ranNs: 100e6 });
    proc.lastPid(201);
    tree.refresh(20, false);
    proc.end(110);
    proc.end(201);
    proc.write({ pid: 100, userTicks: 50, ranNs: 503e6, childTicks: 31 });
    tree.refresh(40, false);
    expect(tree.totals.cpuMs).toBeCloseTo(503 + 310, 6);
  });

  it('goes on where the system keeps no account of I/O, or hides it', () => {
    const blind = new FakeProc();
    blind.write({ pid: 100, userTicks: 50, ranNs: 503e6 });
    rmSync(join(blind.root, '100/io'));
    const without = ProcessTree.open(blind.root, 100, UNITS) as ProcessTree;
    without.refresh(0, true);
    expect(without.ioDenied).toBe(true);
    expect(without.totals.cpuMs).toBeCloseTo(503);
    without.close();
    blind.remove();
  });

  it('outlives its kernel', () => {
    proc.end(100);
    tree.refresh(20, false);
    expect(tree.rootIsAlive).toBe(false);
    expect(tree.rssBytes).toBe(15 * 16_384);
    expect(tree.totals.cpuMs).toBeCloseTo(710);
  });
});
