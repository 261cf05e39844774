/** The machine as the kernel has it: what limits it, not what the hardware has. */
import { availableParallelism, arch, release, totalmem, type } from 'node:os';
import type { Environment } from '../../src/profile/index.ts';
import { bytes } from './brand.ts';
import { readCgroupLimits } from './cgroup.ts';

/** Cores by affinity mask or quota, whichever is less. */
export function usableCores(root = ''): number {
  return Math.min(availableParallelism(), readCgroupLimits(root).cpus ?? Infinity);
}

export function readEnvironment(pyperfVersion: string, root = ''): Environment {
  const { memoryBytes } = readCgroupLimits(root);
  const machineBytes = totalmem();
  const isContained = memoryBytes !== undefined && memoryBytes < machineBytes;
  return {
    os: `${type()} ${release()} ${arch()}`,
    cpuCount: usableCores(root),
    memoryLimitBytes: bytes(isContained ? memoryBytes : machineBytes),
    memoryLimitSource: isContained ? 'cgroup' : 'machine',
    pyperfVersion,
    nodeVersion: process.versions.node,
    notes:
      process.platform === 'linux'
        ? []
        : ['CPU, memory and I/O are measured on Linux only: other systems have no /proc.'],
  };
}
