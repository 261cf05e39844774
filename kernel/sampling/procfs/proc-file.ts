/**
 * One file of `/proc`, read again and again.
 *
 * Its handle stays open between reads: that saves two system calls a read, and it names the process for good. Once
 * the process is gone, reads fail even when a new process has got its number.
 */
import { closeSync, openSync, readSync } from 'node:fs';

/** Every read lands here; it is valid until the next one. The worker is one thread, so nobody else writes. */
export const scratch = Buffer.allocUnsafe(65_536);

/** The process or thread no longer exists, or the system has no such file. */
export const GONE = -1;
/** The system refuses, or handles ran out. */
export const DENIED = -2;

/** Stock limits allow 1024 handles a process, and the hook's sockets need some of them. */
const MOST_KEPT = 512;
let kept = 0;

export class ProcFile {
  private fd = -1;

  constructor(private readonly path: string) {}

  /** @returns the number of bytes now in `scratch`, or `GONE` or `DENIED`. */
  read(): number {
    try {
      if (this.fd >= 0) return readSync(this.fd, scratch, 0, scratch.length, 0);
      const fd = openSync(this.path, 'r');
      if (kept < MOST_KEPT) {
        this.fd = fd;
        kept++;
        return readSync(fd, scratch, 0, scratch.length, 0);
      }
      try {
        return readSync(fd, scratch, 0, scratch.length, 0);
      } finally {
        closeSync(fd);
      }
    } catch (error) {
      return readFailure(error);
    }
  }

  close(): void {
    if (this.fd < 0) return;
    closeSync(this.fd);
    this.fd = -1;
    kept--;
  }
}

function readFailure(error: unknown): number {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ESRCH' ? GONE : DENIED;
}
