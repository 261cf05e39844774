"""Files that the user's code opens, by path and line. An audit hook cannot be taken back: it looks at a flag first."""
import os as _os
import sys as _sys

_MAX_FILES = 300
_MAX_PLACES = 12
_MAX_DEPTH = 400
_NO_FILES = ("/proc/", "/sys/", "/dev/", "/etc/", "/usr/")
_NO_FOLDERS = ("/.cache/", "/.config/", "/.ipython/", "/.local/", "/.git/")
# Who reads source code: an import, a traceback.
_READERS_OF_CODE = ("/linecache.py", "/tokenize.py", "/inspect.py")
_WRITING = _os.O_WRONLY | _os.O_RDWR | _os.O_CREAT | _os.O_TRUNC | _os.O_APPEND


class _Opens:
    def __init__(self, evidence):
        self._evidence = evidence
        self._places = evidence.places
        self.clear()
        _sys.addaudithook(self._audit)

    def clear(self):
        # path as the code named it: [opens, opens to write, {place: opens}, the last call, the ways it opened]
        self._files = {}

    def _audit(self, event, args):
        # A method's call and a comparison, for each event of the interpreter's.
        if event != "open" or not self._evidence.active:
            return
        try:
            self._opened(args[0], args[2], _sys._getframe(1))
        except Exception:
            pass  # the file is opened as ever

    def _opened(self, path, flags, frame):
        kind = type(path)
        if kind is not str:
            if kind is not bytes:
                return
            path = _os.fsdecode(path)
        opener = frame.f_code.co_filename
        if opener.startswith(("<frozen ", _OWN_FILE)) or opener.endswith(_READERS_OF_CODE):
            return
        place, call = self._call(frame)
        if place is None:
            return
        if not path.startswith("/"):
            path = _os.path.join(_os.getcwd(), path)
        entry = self._files.get(path)
        if entry is None:
            if len(self._files) >= _MAX_FILES:
                return
            entry = self._files[path] = [0, 0, {}, None, set()]
        if not self._is_new(entry, call):
            return
        entry[0] += 1
        if flags & _WRITING:
            entry[1] += 1
        places = entry[2]
        if place in places or len(places) < _MAX_PLACES:
            places[place] = places.get(place, 0) + 1

    def _call(self, frame):
        """@returns (the user's line, (which call of a library it made, how that came to open))"""
        way, callee = [], 0
        for _ in range(_MAX_DEPTH):
            if frame is None:
                return None, None
            file = frame.f_code.co_filename
            if self._places.is_users(file):
                return (file, frame.f_lineno), (callee, tuple(way))
            way.append((frame.f_code, frame.f_lasti))
            callee = id(frame)
            frame = frame.f_back
        return None, None

    @staticmethod
    def _is_new(entry, call):
        """A library may open a file several times to read it once (pandas' parallel `read_csv` does): each in another way.
        The same way again is another reading, and so is another call."""
        callee, way = call
        if entry[3] == callee and callee and way not in entry[4]:
            entry[4].add(way)
            return False
        entry[3], entry[4] = callee, {way}
        return True

    def told(self):
        found = {}
        for path, (opens, writing, places, _, _) in self._files.items():
            path = _os.path.realpath(path)
            # An archive of modules, such as the `python311.zip` that hardly anybody has: imports look into it.
            if path.startswith(_NO_FILES) or path in _sys.path or self._places.is_library(path):
                continue
            if any(folder in path for folder in _NO_FOLDERS):
                continue
            entry = found.setdefault(path, {"path": path, "opens": 0, "writeOpens": 0, "places": []})
            entry["opens"] += opens
            entry["writeOpens"] += writing
            entry["places"] += [list(place) for place, _ in sorted(places.items(), key=lambda item: -item[1])]
            try:
                entry["sizeBytes"] = _os.stat(path).st_size
            except OSError:
                pass  # gone by now
        return sorted(found.values(), key=lambda entry: -entry["opens"])[:100]
