"""Which line of the user's a call came from: the innermost frame in a cell or in a file that is no library's."""
import sys as _sys

# What `%%time`, `%%timeit`, `%%prun` compile a cell's body as.
_BODY_NAMES = frozenset(("<timed exec>", "<timed eval>", "<magic-timeit>", "<magic-prun>"))
_MAX_FRAMES = 400
_OWN_FILE = "<pyperf agent>"


class _Places:
    def __init__(self, cell_folder, library_folders):
        self._cell_folder = cell_folder
        self._libraries = tuple(folder.rstrip("/") + "/" for folder in library_folders)
        self._known = {}

    def is_users(self, file):
        known = self._known.get(file)
        if known is None:
            if len(self._known) > 10_000:
                self._known.clear()
            known = self._known[file] = self._decide(file)
        return known

    def _decide(self, file):
        if self._cell_folder and file.startswith(self._cell_folder):
            return True
        if file.startswith("<"):
            return file in _BODY_NAMES or file.startswith("<ipython-input-")
        return not self.is_library(file)

    def is_library(self, path):
        return path.startswith(self._libraries)

    def line(self, frame):
        """@returns (file, line), or None where no frame on the stack is the user's"""
        known = self._known
        for _ in range(_MAX_FRAMES):
            if frame is None:
                return None
            file = frame.f_code.co_filename
            users = known.get(file)
            if users is None:
                users = self.is_users(file)
            if users:
                return file, frame.f_lineno
            frame = frame.f_back
        return None

    def is_history(self, frame):
        """IPython keeps its history in a database, too."""
        while frame is not None:
            if frame.f_code.co_filename.endswith("/IPython/core/history.py"):
                return True
            frame = frame.f_back
        return False
