"""Runs a notebook with nbclient and the bare kernel, and writes the executed notebook to a second path."""

import os
import sys

import nbformat
from nbclient import NotebookClient

path, executed = sys.argv[1:]
notebook = nbformat.read(path, 4)
NotebookClient(
    notebook,
    resources={"metadata": {"path": os.path.dirname(os.path.abspath(path))}},
    allow_errors=True,
).execute()
nbformat.write(notebook, executed)
