/** A PostgreSQL server of the test's own, in a temporary folder, on a Unix socket. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGES = '/usr/lib/postgresql';
const START_LIMIT_S = 30;

export interface Postgres {
  /** For libpq: user, database and the socket's folder. */
  readonly dsn: string;
  stop(): void;
}

/** Where `initdb` and `pg_ctl` are; undefined where no server is installed (on Debian: `postgresql`). */
export function findPostgres(): string | undefined {
  const versions = existsSync(PACKAGES) ? readdirSync(PACKAGES) : [];
  const folders = versions.map(version => join(PACKAGES, version, 'bin')).sort();
  return folders.filter(folder => existsSync(join(folder, 'initdb'))).at(-1);
}

export function startPostgres(binaries: string): Postgres {
  const folder = mkdtempSync(join(tmpdir(), 'pyperf-postgres-'));
  const asServer = serverUser();
  if (asServer) chownSync(folder, asServer.uid, asServer.gid);
  const run = (program: string, ...args: readonly string[]): void =>
    void execFileSync(join(binaries, program), args, {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      ...asServer,
    });
  const data = join(folder, 'data');
  run('initdb', '-D', data, '-U', 'pyperf', '-A', 'trust', '--no-sync', '-E', 'UTF8');
  const options = `-k ${folder} -c listen_addresses= -c fsync=off -c shared_buffers=16MB`;
  run('pg_ctl', '-D', data, '-o', options, '-l', join(folder, 'log'), '-w', '-t', String(START_LIMIT_S), 'start'); // prettier-ignore
  return {
    dsn: `host=${folder} user=pyperf dbname=postgres`,
    stop: () => {
      run('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The server refuses to run as root. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string): number =>
    Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim());
  return { uid: idOf('-u'), gid: idOf('-g') };
}
