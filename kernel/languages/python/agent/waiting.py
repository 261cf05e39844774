"""What a thread waits for, by the system call it is in: data for Linux, elsewhere unknown."""
import os as _os
import platform as _platform
import sys as _sys
import time as _time

# Numbers from the kernel's own tables: arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h.
_SYSTEM_CALLS = {
    "x86_64": {
        "sleep": (35, 230),
        "lock": (202, 73),
        "network": (42, 43, 44, 45, 46, 47, 288, 299, 307),
        "wait": (7, 23, 232, 270, 271, 281, 441),
        "disk": (17, 18, 74, 75, 257, 295, 296),
        "file": (0, 1, 19, 20),
    },
    "aarch64": {
        "sleep": (101, 115),
        "lock": (98, 32),
        "network": (202, 203, 206, 207, 211, 212, 242, 243, 269),
        "wait": (22, 72, 73, 441),
        "disk": (67, 68, 82, 83, 56, 69, 70),
        "file": (63, 64, 65, 66),
    },
}
_SELECT_OF_NOTHING = {"x86_64": (23, 270), "aarch64": (72,)}
_SYSTEM_CALL_CAUSES = {
    number: cause
    for cause, numbers in _SYSTEM_CALLS.get(_platform.machine(), {}).items()
    for number in numbers
}


def _waiting_cause(native_id):
    """@returns what the thread waits for, `cpu` when it can run, None where the system does not tell"""
    try:
        fd = _os.open("/proc/self/task/%d/syscall" % native_id, _os.O_RDONLY | _os.O_CLOEXEC)
    except (OSError, AttributeError):
        return None
    try:
        fields = _os.read(fd, 256).split()
    except OSError:
        return None
    finally:
        _os.close(fd)
    if not fields or not _SYSTEM_CALL_CAUSES:
        return None
    if fields[0] == b"running":
        return "cpu"
    number = int(fields[0])
    cause = _SYSTEM_CALL_CAUSES.get(number, "other")
    if cause == "wait" and number in _SELECT_OF_NOTHING.get(_platform.machine(), ()) and int(fields[1], 16) == 0:
        return "sleep"  # `time.sleep` before Python 3.11
    if cause == "file":
        return _descriptor_cause(int(fields[1], 16))
    return cause


def _descriptor_cause(descriptor):
    try:
        target = _os.readlink("/proc/self/fd/%d" % descriptor)
    except OSError:
        return "disk"
    if target.startswith("socket:"):
        return "network"
    return "disk" if target.startswith("/") and not target.startswith("/dev/") else "wait"


class _ThreadClock:
    """How long a thread ran, or was ready to, between two readings. All figures in seconds."""

    __slots__ = ("_path", "_clock", "_ran", "_queued")

    def __init__(self, native_id):
        self._path = "/proc/self/task/%d/schedstat" % native_id
        # Linux names the clock of any thread of the process by its id (`MAKE_THREAD_CPUCLOCK`,
        # include/linux/posix-timers.h). Reading that of a thread that has ended fails, which
        # `pthread_getcpuclockid` could not promise.
        self._clock = (~native_id << 3) | 6
        known = native_id and _sys.platform.startswith("linux")
        self._ran = self._read_ran() if known else None
        self._queued = self._read_queued()

    def _read_ran(self):
        try:
            return _time.clock_gettime(self._clock)
        except (OSError, OverflowError):
            return None

    def _read_queued(self):
        """Time in the queue for a core; 0 where the system keeps none."""
        try:
            fd = _os.open(self._path, _os.O_RDONLY | _os.O_CLOEXEC)
            try:
                return int(_os.read(fd, 128).split()[1]) / 1e9
            finally:
                _os.close(fd)
        except (OSError, ValueError, IndexError, AttributeError):
            return 0.0

    def since_last(self, seconds):
        """@param seconds since the reading before
        @returns how many of them the thread ran or was ready to; None where nothing tells"""
        if self._ran is None:
            return None
        before, self._ran = self._ran, self._read_ran()
        if self._ran is None:
            return None
        ran = self._ran - before
        if ran >= seconds * _ALMOST_ALL:
            return seconds  # a file less to read
        queued_before, self._queued = self._queued, self._read_queued()
        ran += max(0.0, self._queued - queued_before)
        return seconds if ran >= seconds * _ALMOST_ALL else ran


# A thread that ran for more than this part of an interval was running.
_ALMOST_ALL = 0.9
