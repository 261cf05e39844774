"""Executes one notebook: {engine: "nbclient" | "papermill", kernel, cells: [source] | path, allowErrors} -> the notebook.

A notebook named by its path runs in its own folder, and its file stays as it is.

For an error that stops the run, the notebook as far as it came, with the error's last line as "stopped".
"""

import os
import tempfile

import nbformat
from exchange import exchange


def with_nbclient(notebook, asked):
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    folder = os.path.dirname(asked["path"]) if "path" in asked else None
    client = NotebookClient(
        notebook,
        kernel_name=asked["kernel"],
        timeout=asked.get("timeoutSeconds", 120),
        allow_errors=asked["allowErrors"],
        resources={"metadata": {"path": folder}} if folder else {},
    )
    try:
        client.execute()
    except CellExecutionError as error:
        return notebook, error.ename
    return notebook, None


def with_papermill(notebook, asked):
    import papermill

    folder = tempfile.mkdtemp()
    source, target = (os.path.join(folder, name) for name in ("in.ipynb", "out.ipynb"))
    nbformat.write(notebook, source)
    stopped = None
    try:
        papermill.execute_notebook(
            source, target, kernel_name=asked["kernel"], parameters={"given": 3}, progress_bar=False
        )
    except papermill.PapermillExecutionError as error:
        stopped = error.ename
    return nbformat.read(target, as_version=4), stopped


def main() -> None:
    asked, answer = exchange()
    if "path" in asked:
        notebook = nbformat.read(asked["path"], as_version=4)
    else:
        notebook = new_notebook(asked)
    run = {"nbclient": with_nbclient, "papermill": with_papermill}[asked["engine"]]
    executed, stopped = run(notebook, asked)
    answer({"notebook": executed, "stopped": stopped})


def new_notebook(asked):
    notebook = nbformat.v4.new_notebook(
        metadata={
            "kernelspec": {"name": asked["kernel"], "display_name": "x", "language": "python"},
            "language_info": {"name": "python"},
        },
        cells=[nbformat.v4.new_code_cell(source) for source in asked["cells"]],
    )
    if asked["engine"] == "papermill":
        notebook.cells[0].metadata["tags"] = ["parameters"]
    return notebook


main()
