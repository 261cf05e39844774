"""`python -m jupyterlab_pyperf.kernel -f FILE`: the kernel "Python 3 (PyPerf)", which wraps whatever `python3` is.

Jupyter starts it by its provisioner; this is for launchers that know none.
"""

import os
import sys

# `python -m` puts the notebook's folder first, where a file of the user's may have the name of a module.
if sys.path and sys.path[0] in ("", os.getcwd()):
    del sys.path[0]

import shutil

from ._kernel import bare_python3, hook_command, python3
from ._node import NodeMissing, become


def main(argv):
    connection_file = argv[argv.index("-f") + 1]
    try:
        command = hook_command(connection_file, python3())
    except NodeMissing as error:
        print(f"PyPerf: this kernel runs without profiling: {error}", file=sys.stderr)
        command = bare_python3(connection_file)
    become([shutil.which(command[0]) or command[0], *command[1:]])


if __name__ == "__main__":
    main(sys.argv[1:])
