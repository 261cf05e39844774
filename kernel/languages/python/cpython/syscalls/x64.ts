/** x86-64: `arch/x86/entry/syscalls/syscall_64.tbl` of the Linux sources. */
import type { SyscallTable } from './syscalls.ts';

export const X64: SyscallTable = {
  // pause, nanosleep, clock_nanosleep
  sleep: [34, 35, 230],
  // futex, futex_waitv, futex_wait
  futex: [202, 449, 455],
  // semop, flock, semtimedop
  lock: [65, 73, 220],
  // poll, ppoll
  poll: [7, 271],
  // select, epoll_wait, pselect6, epoll_pwait, epoll_pwait2
  readiness: [23, 232, 270, 281, 441],
  // wait4, waitid, rt_sigtimedwait, rt_sigsuspend
  process: [61, 247, 128, 130],
  // read, write, close, readv, writev, ioctl, fcntl, preadv, pwritev, preadv2, pwritev2
  descriptor: [0, 1, 3, 19, 20, 16, 72, 295, 296, 327, 328],
  // fstat, lseek, pread64, pwrite64, fsync, fdatasync, ftruncate, getdents, readahead, getdents64, sync_file_range,
  // fallocate, syncfs, copy_file_range
  file: [5, 8, 17, 18, 74, 75, 77, 78, 187, 217, 277, 285, 306, 326],
  // open, stat, lstat, msync, truncate, rename, mkdir, rmdir, creat, link, unlink, sync, io_getevents, openat, mkdirat,
  // newfstatat, unlinkat, renameat, renameat2, statx, io_uring_enter, openat2
  storage: [
    2, 4, 6, 26, 76, 82, 83, 84, 85, 86, 87, 162, 208, 257, 258, 262, 263, 264, 316, 332, 426, 437,
  ],
  // sendfile, connect, accept, sendto, recvfrom, sendmsg, recvmsg, shutdown, accept4, recvmmsg, sendmmsg
  network: [40, 42, 43, 44, 45, 46, 47, 48, 288, 299, 307],
};
