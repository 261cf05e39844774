"""The hook in front of a kernel: the command that starts both."""

import json
import os
import subprocess
import sys

from ._node import HOOK, NodeMissing, find_node

# What the hook puts in the place of Jupyter's connection file.
CONNECTION_FILE = "{kernel_connection_file}"
_checked = set()


def hook_command(connection_file, kernel, options=()):
    """`kernel`: the hook's arguments that name the kernel. Raises `NodeMissing` when the hook cannot be run."""
    if not os.path.exists(HOOK):
        raise NodeMissing(f"{HOOK} is missing")
    own = ["--connection-file", connection_file, "--python", sys.executable, *options]
    return [find_node(), HOOK, *own, *kernel]


def check(command):
    """Once a process: tries whether this Node runs the hook with its native addon."""
    node = command[0]
    if node in _checked:
        return
    try:
        tried = subprocess.run(
            [node, HOOK, "--help"], stdin=subprocess.DEVNULL, capture_output=True, timeout=30, text=True, errors="replace"
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NodeMissing(f"{node} does not run: {error}") from None
    if tried.returncode != 0:
        said = [line for line in tried.stderr.splitlines() if "Error" in line] or [f"exit code {tried.returncode}"]
        raise NodeMissing(f"the hook does not run with {node}: {said[0].strip()}")
    _checked.add(node)


def python3():
    """The kernel that this Jupyter means by `python3`, as the hook's arguments."""
    folder = _python3_folder()
    if folder is not None:
        return ["--kernelspec", folder]
    return ["--", sys.executable, "-m", "ipykernel_launcher", "-f", CONNECTION_FILE]


def bare_python3(connection_file):
    """The same kernel's own command line."""
    folder = _python3_folder()
    argv = ["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    if folder is not None:
        with open(os.path.join(folder, "kernel.json"), encoding="utf-8") as file:
            argv = json.load(file)["argv"]
    markers = {"{connection_file}": connection_file, "{resource_dir}": folder or ""}
    for marker, value in markers.items():
        argv = [argument.replace(marker, value) for argument in argv]
    return [sys.executable, *argv[1:]] if argv[0] in ("python", "python3") else argv


def _python3_folder():
    from jupyter_core.paths import jupyter_path

    for kernels in jupyter_path("kernels"):
        folder = os.path.join(kernels, "python3")
        if os.path.exists(os.path.join(folder, "kernel.json")):
            return folder
    return None
