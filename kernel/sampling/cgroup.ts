/**
 * Limits of the control groups that this process is in, versions 1 and 2, the parents' included: the least counts.
 * Files: `Documentation/admin-guide/cgroup-v2.rst` and `cgroup-v1/` of the Linux sources.
 */
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';

export interface CgroupLimits {
  /** Absent: no limit. */
  readonly memoryBytes?: number;
  /** Cores by CPU quota: 1.5 is one and a half. Absent: no quota. */
  readonly cpus?: number;
}

/** Version 1 writes "no limit" as the greatest multiple of the page size below 2^63. */
const UNLIMITED_V1 = 2 ** 62;

/** @param root put before every path; empty outside tests. */
export function readCgroupLimits(root = ''): CgroupLimits {
  const memory: number[] = [];
  const cpus: number[] = [];
  for (const dir of controllerDirs(root, 'memory')) {
    const limit = number(read(`${dir}/memory.max`) ?? read(`${dir}/memory.limit_in_bytes`));
    if (limit !== undefined && limit < UNLIMITED_V1) memory.push(limit);
  }
  for (const dir of controllerDirs(root, 'cpu')) {
    const [quota, period] =
      read(`${dir}/cpu.max`)?.trim().split(' ') ??
      ([read(`${dir}/cpu.cfs_quota_us`), read(`${dir}/cpu.cfs_period_us`)] as const);
    const share = (number(quota) ?? 0) / (number(period) ?? 1);
    if (share > 0) cpus.push(share);
  }
  return {
    ...(memory.length > 0 ? { memoryBytes: Math.min(...memory) } : {}),
    ...(cpus.length > 0 ? { cpus: Math.min(...cpus) } : {}),
  };
}

/** Folders of the process's group and its parents up to the mount, for a controller of either version. */
function controllerDirs(root: string, controller: string): string[] {
  const dirs: string[] = [];
  for (const [, controllers, group] of lines(`${root}/proc/self/cgroup`, /^\d+:([^:]*):(.*)$/)) {
    const isV2 = controllers === '';
    if (!isV2 && !controllers?.split(',').includes(controller)) continue;
    for (const mount of mounts(root)) {
      const fits = isV2
        ? mount.type === 'cgroup2'
        : mount.type === 'cgroup' && mount.options.includes(controller);
      if (!fits) continue;
      // In a container the mount shows the group's own folder as its root.
      const below = posix.relative(mount.shows, group ?? '/');
      const inside = below.startsWith('..') ? '' : below;
      const parts = inside === '' ? [] : inside.split('/');
      for (let depth = parts.length; depth >= 0; depth--) {
        dirs.push(posix.join(root, mount.at, ...parts.slice(0, depth)));
      }
    }
  }
  return dirs;
}

interface Mount {
  /** Path inside the file system that is visible at the mount point. */
  readonly shows: string;
  readonly at: string;
  readonly type: string;
  readonly options: readonly string[];
}

/** `36 35 98:0 /shows /at rw,noatime … - type source options`, proc(5). */
function mounts(root: string): Mount[] {
  const format = /^\d+ \d+ \S+ (\S+) (\S+) .*? - (\S+) \S+ (\S+)$/;
  return lines(`${root}/proc/self/mountinfo`, format).map(
    ([, shows = '/', at = '/', type = '', options = '']) => ({
      shows,
      at,
      type,
      options: options.split(','),
    }),
  );
}

function lines(path: string, format: RegExp): RegExpExecArray[] {
  return (read(path) ?? '')
    .split('\n')
    .map(line => format.exec(line))
    .filter(match => match !== null);
}

/** `max` and `-1` mean no limit. */
function number(text: string | undefined): number | undefined {
  const value = Number.parseInt(text ?? '', 10);
  return value >= 0 ? value : undefined;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
