"""What a process's own counters say, at a cell's borders."""

import os as _os

_UNKNOWN = 2**64 - 1


def _read_text(path):
    fd = _os.open(path, _os.O_RDONLY | getattr(_os, "O_CLOEXEC", 0))
    try:
        return _os.read(fd, 65536).decode("ascii", "replace")
    finally:
        _os.close(fd)


class _ProcessReader:
    """The process's own counters. Files are opened for each reading: a kept descriptor could be closed, and its number
    used again, by the user's code."""

    def __init__(self):
        try:
            import resource

            self._rusage = lambda: resource.getrusage(resource.RUSAGE_SELF)
        except ImportError:
            self._rusage = None
        self._page = _os.sysconf("SC_PAGE_SIZE") if hasattr(_os, "sysconf") else 4096

    def cpu_ns(self):
        if self._rusage is None:
            times = _os.times()
            return int(times.user * 1e9), int(times.system * 1e9)
        usage = self._rusage()
        return round(usage.ru_utime * 1e9), round(usage.ru_stime * 1e9)

    def rss(self):
        try:
            return int(_read_text("/proc/self/statm").split()[1]) * self._page
        except (OSError, ValueError, IndexError):
            return _UNKNOWN

    def reset_peak(self):
        """Sets the high-water mark (VmHWM) back to what is resident now (proc(5), clear_refs)."""
        try:
            fd = _os.open("/proc/self/clear_refs", _os.O_WRONLY | _os.O_CLOEXEC)
            try:
                _os.write(fd, b"5")
            finally:
                _os.close(fd)
            return True
        except (OSError, AttributeError):
            return False

    def peak(self):
        try:
            status = _read_text("/proc/self/status")
            at = status.index("VmHWM:") + 6
            return int(status[at : status.index("kB", at)]) * 1024
        except (OSError, ValueError):
            return _UNKNOWN

    def run_queue_ns(self):
        """How long this thread has been ready to run without a core, since it began (proc(5), schedstat)."""
        try:
            return int(_read_text("/proc/thread-self/schedstat").split()[1])
        except (OSError, ValueError, IndexError):
            return None

    def io(self):
        try:
            fields = _read_text("/proc/self/io").split()
            return int(fields[1]), int(fields[3]), int(fields[9]), int(fields[11])
        except (OSError, ValueError, IndexError):
            return None
