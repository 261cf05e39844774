"""`jupyter-pyperf`, which Jupyter runs for `jupyter pyperf …`: hands over to the Node program."""

import os
import sys

from ._node import COMMAND, NodeMissing, become, find_node


def main():
    # The environment that the command belongs to, as `sys.prefix` is for Jupyter's own commands.
    os.environ["PYPERF_PREFIX"] = sys.prefix
    try:
        become([find_node(), COMMAND, *sys.argv[1:]])
    except NodeMissing as error:
        sys.exit(f"jupyter pyperf: {error}")
