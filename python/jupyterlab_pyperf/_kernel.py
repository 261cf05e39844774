"""The hook in front of a kernel: the command that starts both."""

import os
import sys

from ._node import HOOK, NodeMissing, find_node


def hook_command(connection_file, kernel):
    """`kernel`: the hook's arguments that name the kernel. Raises `NodeMissing` when the hook cannot be run."""
    if not os.path.exists(HOOK):
        raise NodeMissing(f"{HOOK} is missing")
    return [find_node(), HOOK, "--connection-file", connection_file, "--python", sys.executable, *kernel]


def python3_spec():
    """The folder of the kernelspec that this Jupyter means by `python3`; None when none is installed."""
    from jupyter_core.paths import jupyter_path

    for kernels in jupyter_path("kernels"):
        folder = os.path.join(kernels, "python3")
        if os.path.exists(os.path.join(folder, "kernel.json")):
            return folder
    return None


def bare_argv(spec_folder, connection_file):
    """The kernel's own command line."""
    import json

    argv = ["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    if spec_folder is not None:
        with open(os.path.join(spec_folder, "kernel.json"), encoding="utf-8") as file:
            argv = json.load(file)["argv"]
    markers = {"{connection_file}": connection_file, "{resource_dir}": spec_folder or ""}
    for marker, value in markers.items():
        argv = [argument.replace(marker, value) for argument in argv]
    return [sys.executable, *argv[1:]] if argv[0] in ("python", "python3") else argv
