import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCgroupLimits } from '../../../kernel/sampling/cgroup.ts';
import { readEnvironment } from '../../../kernel/sampling/environment.ts';
import { readProcUnits } from '../../../kernel/sampling/procfs/units.ts';
import { EnvironmentSchema } from '../../../src/profile/index.ts';
import { FakeProc } from './proc-fixture.ts';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'pyperf-cgroup-'))));
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const V2_MOUNT = '31 23 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n';

describe('readCgroupLimits', () => {
  it('takes the least of a group and its parents, version 2', () => {
    write('proc/self/cgroup', '0::/user.slice/jupyter/kernel\n');
    write('proc/self/mountinfo', V2_MOUNT);
    write('sys/fs/cgroup/user.slice/memory.max', '2147483648\n');
    write('sys/fs/cgroup/user.slice/jupyter/memory.max', 'max\n');
    write('sys/fs/cgroup/user.slice/jupyter/kernel/memory.max', '4294967296\n');
    write('sys/fs/cgroup/user.slice/cpu.max', 'max 100000\n');
    write('sys/fs/cgroup/user.slice/jupyter/cpu.max', '150000 100000\n');
    expect(readCgroupLimits(root)).toEqual({ memoryBytes: 2147483648, cpus: 1.5 });
  });

  it('knows a container that sees its own group as the root, version 2', () => {
    write('proc/self/cgroup', '0::/\n');
    write('proc/self/mountinfo', V2_MOUNT);
    write('sys/fs/cgroup/memory.max', '536870912\n');
    write('sys/fs/cgroup/cpu.max', '50000 100000\n');
    expect(readCgroupLimits(root)).toEqual({ memoryBytes: 536870912, cpus: 0.5 });
  });

  it('knows a container of version 1, whose mount shows its own folder', () => {
    write(
      'proc/self/cgroup',
      '9:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc\n1:name=systemd:/x\n',
    );
    write(
      'proc/self/mountinfo',
      '40 32 0:33 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n41 32 0:34 /docker/abc /sys/fs/cgroup/cpu,cpuacct ro - cgroup cgroup rw,cpu,cpuacct\n',
    );
    write('sys/fs/cgroup/memory/memory.limit_in_bytes', '1073741824\n');
    write('sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us', '200000\n');
    write('sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us', '100000\n');
    expect(readCgroupLimits(root)).toEqual({ memoryBytes: 1073741824, cpus: 2 });
  });

  it('takes the words for "no limit" as such', () => {
    write('proc/self/cgroup', '9:memory:/a\n4:cpu,cpuacct:/a\n');
    write(
      'proc/self/mountinfo',
      '40 32 0:33 / /m ro - cgroup cgroup rw,memory\n41 32 0:34 / /c ro - cgroup cgroup rw,cpu,cpuacct\n',
    );
    write('m/a/memory.limit_in_bytes', '9223372036854771712\n');
    write('c/a/cpu.cfs_quota_us', '-1\n');
    write('c/a/cpu.cfs_period_us', '100000\n');
    expect(readCgroupLimits(root)).toEqual({});
  });

  it('finds none where there are no groups', () => {
    expect(readCgroupLimits(root)).toEqual({});
  });
});

describe('readEnvironment', () => {
  it('fits the schema', () => {
    const environment = EnvironmentSchema.parse(readEnvironment('1.2.3'));
    expect(environment.pyperfVersion).toBe('1.2.3');
    expect(environment.memoryLimitBytes).toBeGreaterThan(0);
  });

  it('prefers the limit of the container, unless the machine has less', () => {
    write('proc/self/cgroup', '0::/\n');
    write('proc/self/mountinfo', V2_MOUNT);
    write('sys/fs/cgroup/memory.max', '536870912\n');
    write('sys/fs/cgroup/cpu.max', '50000 100000\n');
    expect(readEnvironment('1', root)).toMatchObject({
      memoryLimitBytes: 536870912,
      memoryLimitSource: 'cgroup',
      cpuCount: 0.5,
    });
    write('sys/fs/cgroup/memory.max', String(2 ** 50));
    expect(readEnvironment('1', root).memoryLimitSource).toBe('machine');
  });
});

describe.runIf(process.platform === 'linux')('readProcUnits', () => {
  it('reads the units of an arm64 machine', () => {
    const proc = new FakeProc();
    expect(readProcUnits(proc.root)).toEqual({ msPerTick: 10, pageBytes: 16_384 });
    proc.remove();
  });

  it('reads what this system told this process', () => {
    const { msPerTick, pageBytes } = readProcUnits('/proc');
    expect(msPerTick).toBe(10);
    expect([4096, 16_384, 65_536]).toContain(pageBytes);
  });
});
