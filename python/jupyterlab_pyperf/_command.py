"""`jupyter-pyperf`, which Jupyter runs for `jupyter pyperf …`: hands over to the Node program."""

import os
import sys

from ._node import COMMAND, NodeMissing, become, find_node

SERVER_CONFIG = "jupyter_server_config.d/jupyterlab-pyperf.json"


def main():
    # The environment that the command belongs to, as `sys.prefix` is for Jupyter's own commands.
    os.environ["PYPERF_PREFIX"] = sys.prefix
    config = _server_config()
    if config is not None:
        os.environ["PYPERF_SERVER_CONFIG"] = config
    try:
        become([find_node(), COMMAND, *sys.argv[1:]])
    except NodeMissing as error:
        sys.exit(f"jupyter pyperf: {error}")


def _server_config():
    """The file that came with the package, wherever that is installed: what `enable` writes there goes with it."""
    from importlib.metadata import PackageNotFoundError, files

    try:
        found = [file for file in files("jupyterlab-pyperf") or [] if file.as_posix().endswith(SERVER_CONFIG)]
    except PackageNotFoundError:
        return None
    return os.path.normpath(str(found[0].locate())) if found else None
