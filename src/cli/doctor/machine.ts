/** Limits, sockets and the browser's side. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Router } from 'zeromq';
import { readEnvironment } from '../../../kernel/sampling/index.ts';
import { formatBytes } from '../../render/index.ts';
import { dataDirs, type JupyterEnvironment } from '../jupyter/paths.ts';
import { VERSION } from '../version.ts';
import type { Check } from './check.ts';

const EXTENSION = 'jupyterlab-pyperf';

export function checkLimits(): Check {
  const { cpuCount, memoryLimitBytes, memoryLimitSource } = readEnvironment(VERSION);
  const source =
    memoryLimitSource === 'cgroup'
      ? "this container's limit"
      : "all of the machine's, no limit is set";
  return {
    what: 'Limits',
    works: true,
    found: `${cpuCount} cores; ${formatBytes(memoryLimitBytes)} of memory, ${source}`,
  };
}

/** Between hook and kernel, where the kernel supports them. */
export async function checkIpc(): Promise<Check> {
  const what = 'Private sockets';
  const folder = mkdtempSync(join(tmpdir(), 'pyperf-doctor-'));
  const socket = new Router({ linger: 0 });
  try {
    await socket.bind(`ipc://${join(folder, 's')}`);
    return {
      what,
      works: true,
      found: 'hook and kernel talk through files that only you can open',
    };
  } catch (error) {
    return {
      what,
      works: false,
      found: `sockets in files do not work (${(error as Error).message}), so the loopback network is used`,
    };
  } finally {
    socket.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

export function checkExtension(environment: JupyterEnvironment): Check {
  const what = 'Browser extension';
  const dir = dataDirs(environment)
    .map(data => join(data, 'labextensions', EXTENSION))
    .find(existsSync);
  return dir === undefined
    ? {
        what,
        works: false,
        found: 'not installed, so a report shows as a page below its cell, without the widget',
      }
    : { what, works: true, found: dir };
}
