"""`python -m jupyterlab_pyperf.kernel -f FILE`: the kernel "Python 3 (PyPerf)", which wraps whatever `python3` is."""

import os
import sys

# `python -m` puts the notebook's folder first, where a file of the user's may have the name of a module.
if sys.path and sys.path[0] in ("", os.getcwd()):
    del sys.path[0]

import shutil

from ._kernel import bare_argv, hook_command, python3_spec
from ._node import NodeMissing, become


def main(argv):
    connection_file = argv[argv.index("-f") + 1]
    spec = python3_spec()
    kernel = ["--kernelspec", spec] if spec else ["--", *bare_argv(None, "{kernel_connection_file}")]
    try:
        command = hook_command(connection_file, kernel)
    except NodeMissing as error:
        print(f"PyPerf: this kernel runs without profiling. {error}", file=sys.stderr)
        command = bare_argv(spec, connection_file)
    command[0] = shutil.which(command[0]) or command[0]
    become(command)


if __name__ == "__main__":
    main(sys.argv[1:])
