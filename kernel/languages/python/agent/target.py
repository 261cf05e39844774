"""What the hook must know of this process once: how to read its stacks from outside, and whose files are whose."""

import os as _os
import struct as _struct
import sys as _sys
import threading as _threading


def _build_facts():
    import sysconfig

    return {"freeThreaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED"))}


def _addresses():
    import ctypes
    import types

    api = ctypes.pythonapi
    api.PyThreadState_Get.restype = ctypes.c_void_p
    return {
        "runtime": ctypes.addressof(ctypes.c_char.in_dll(api, "_PyRuntime")),
        "mainThreadState": api.PyThreadState_Get(),
        "codeType": id(types.CodeType),
    }


def _asyncio_addresses():
    """Where all tasks are listed, and a task with its coroutine to learn from where a task keeps it."""
    import asyncio
    import types

    tasks = asyncio.tasks
    listed = getattr(tasks, "_scheduled_tasks", getattr(tasks, "_all_tasks", None))
    try:
        task = asyncio.current_task()
    except RuntimeError:  # in a terminal no loop runs between cells
        task = None
    if listed is None or task is None:
        return {}
    # Read when the first cell awaits: without this reference it would be gone by then, and its memory something else's.
    _asyncio_addresses.sample = task
    return {
        "asyncio": {
            "tasks": id(listed.data),
            "sampleTask": id(task),
            "sampleCoroutine": id(task.get_coro()),
            "coroutineType": id(types.CoroutineType),
            "generatorType": id(types.GeneratorType),
            "asyncGeneratorType": id(types.AsyncGeneratorType),
        }
    }


def _library_folders():
    import sysconfig

    paths = sysconfig.get_paths()
    folders = {paths.get(key) for key in ("stdlib", "platstdlib", "purelib", "platlib")}
    site = _sys.modules.get("site")
    if site is not None:
        folders.update(getattr(site, "getsitepackages", list)())
        if getattr(site, "ENABLE_USER_SITE", False):
            folders.add(site.getusersitepackages())
    folders.update(path for path in _sys.path if path.rstrip("/").endswith(("site-packages", "dist-packages")))
    return sorted({form for folder in folders if folder for form in (folder, _os.path.realpath(folder))})


def _describe_process(cell_folder):
    """The content of `pyperf_hello`. Addresses are for reading stacks from outside."""
    libraries = _library_folders()
    target = {
        "implementation": _sys.implementation.name,
        "version": list(_sys.version_info[:3]),
        "machine": _os.uname().machine if hasattr(_os, "uname") else "",
        "pointerBytes": _struct.calcsize("P"),
        "debugBuild": hasattr(_sys, "gettotalrefcount"),
        "nativeThreadId": _threading.get_native_id(),
        "code": {"cellPrefixes": [cell_folder] if cell_folder else [], "libraryPrefixes": libraries},
    }
    failures = []
    for work in (_build_facts, _addresses, _asyncio_addresses):
        try:
            target.update(work())
        except Exception as error:  # PyPy, or a build without these symbols
            failures.append(f"{type(error).__name__}: {error}")
    return {
        "pid": _os.getpid(),
        "target": target,
        "failures": failures,
        "workingDirectory": _os.getcwd(),
        "cellFolder": cell_folder,
        "libraryFolders": libraries,
    }
