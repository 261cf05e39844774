/** arm64: the generic table, `include/uapi/asm-generic/unistd.h` of the Linux sources. */
import type { SyscallTable } from './syscalls.ts';

export const ARM64: SyscallTable = {
  // nanosleep, clock_nanosleep
  sleep: [101, 115],
  // futex, futex_waitv, futex_wait
  futex: [98, 449, 455],
  // flock, semtimedop, semop
  lock: [32, 192, 193],
  // ppoll
  poll: [73],
  // epoll_pwait, pselect6, epoll_pwait2
  readiness: [22, 72, 441],
  // waitid, wait4, rt_sigsuspend, rt_sigtimedwait
  process: [95, 260, 133, 137],
  // fcntl, ioctl, close, read, write, readv, writev, preadv, pwritev, preadv2, pwritev2
  descriptor: [25, 29, 57, 63, 64, 65, 66, 69, 70, 286, 287],
  // ftruncate, fallocate, getdents64, lseek, pread64, pwrite64, fstat, fsync, fdatasync, sync_file_range, readahead,
  // syncfs, copy_file_range
  file: [46, 47, 61, 62, 67, 68, 80, 82, 83, 84, 213, 267, 285],
  // io_getevents, mkdirat, unlinkat, linkat, renameat, truncate, openat, newfstatat, sync, msync, renameat2, statx,
  // io_uring_enter, openat2
  storage: [4, 34, 35, 37, 38, 45, 56, 79, 81, 227, 276, 291, 426, 437],
  // sendfile, accept, connect, sendto, recvfrom, shutdown, sendmsg, recvmsg, accept4, recvmmsg, sendmmsg
  network: [71, 202, 203, 206, 207, 210, 211, 212, 242, 243, 269],
};
