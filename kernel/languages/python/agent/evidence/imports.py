"""Tells of modules that are imported while a cell runs, once they are complete."""
import sys as _sys


class _ImportWatch:
    """A finder that finds nothing itself: it lets the next ones find, and looks when the module has run."""

    def __init__(self, loaded):
        self._loaded = loaded
        self._names = frozenset()
        self._busy = False

    def start(self, names):
        self._names = frozenset(names)
        if self._names:
            _sys.meta_path.insert(0, self)

    def stop(self):
        self._names = frozenset()
        _sys.meta_path[:] = [finder for finder in _sys.meta_path if finder is not self]

    def find_spec(self, name, path=None, target=None):
        if self._busy or name not in self._names:
            return None
        self._busy = True
        try:
            from importlib.util import find_spec

            spec = find_spec(name)
            if spec is not None and spec.loader is not None:
                self._wait_for(name, spec.loader)
            return spec
        except Exception:
            return None  # the import goes on without us
        finally:
            self._busy = False

    def _wait_for(self, name, loader):
        """The loader is the module's own: for the time of the import it has a method more."""
        run = loader.exec_module

        def exec_module(module):
            del loader.exec_module
            run(module)
            try:
                self._loaded(name)
            except Exception:
                pass  # its statements are missing; the import is not

        loader.exec_module = exec_module
