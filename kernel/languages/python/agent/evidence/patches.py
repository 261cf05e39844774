"""Methods of libraries' classes, replaced while profiled cells run and put back after.

Replacing a method on its class covers every object that lives already, and leaves the user's objects what they are:
proxies and subclasses stay in the user's variables, and C code that asks for the exact type refuses them
(`sqlite3.Connection.backup`).
"""
import gc as _gc
import sys as _sys


def _set_class_attribute(cls, name, value):
    try:
        type.__setattr__(cls, name, value)
    except TypeError:
        # A class written in C does not let itself be changed by `setattr`. Its dict does, and CPython is told so that no
        # cache keeps the old method. Both methods must be alive until then: caches hold borrowed references.
        import ctypes

        if not getattr(_sys, "_is_gil_enabled", lambda: True)():
            raise  # other threads could read the dict meanwhile
        names = _gc.get_referents(_type_dict(cls))[0]
        if type(names) is not dict or name not in names:
            raise
        old = names[name]
        names[name] = value
        ctypes.pythonapi.PyType_Modified(ctypes.py_object(cls))
        del old


class _Patches:
    def __init__(self):
        self._undo = []

    def replace(self, cls, name, make):
        """@param make gets the method as the class has it, and returns what takes its place"""
        original = _type_dict(cls).get(name)
        if original is None or not callable(original):
            return False
        wrapper = make(original)
        for attribute in ("__name__", "__qualname__", "__doc__", "__module__"):
            try:
                setattr(wrapper, attribute, getattr(original, attribute))
            except (AttributeError, TypeError):
                pass
        _set_class_attribute(cls, name, wrapper)
        self._undo.append((cls, name, original, wrapper))
        return True

    def undo(self):
        while self._undo:
            cls, name, original, wrapper = self._undo.pop()
            # Somebody else's, put around ours meanwhile, stays; ours then only calls the original.
            if _type_dict(cls).get(name) is wrapper:
                _set_class_attribute(cls, name, original)


def _without_own_frames(error, own):
    """Takes frames out of an exception's traceback, so that it reads as it would unprofiled.

    @param own whether a file's frames are to go
    """
    seen = set()
    pending = [error]
    while pending and len(seen) < 100:
        error = pending.pop()
        if error is None or id(error) in seen:
            continue
        seen.add(id(error))
        entry = BaseException.__traceback__.__get__(error)
        while entry is not None:
            below = entry.tb_next
            while below is not None and own(below.tb_frame.f_code.co_filename):
                below = below.tb_next
            if below is not entry.tb_next:
                entry.tb_next = below
            entry = below
        pending.append(BaseException.__cause__.__get__(error))
        pending.append(BaseException.__context__.__get__(error))
