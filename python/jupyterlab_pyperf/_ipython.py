"""`%load_ext jupyterlab_pyperf`: `%%pyperf` where no hook stands before the kernel (VS Code, Colab, gateways, IPython).

The agent is the hook's own; its text comes from the helper process. Here is what passes between the two.
"""

import os
import sys
import threading

from ._helper import Helper, HelperGone
from ._node import NodeMissing

_loaded = None


def load(shell):
    global _loaded
    if _loaded is not None:
        return
    if any(type(getattr(known, "__self__", None)).__name__ == "_Agent" for known in shell.input_transformers_cleanup):
        print("PyPerf measures this kernel already: %%pyperf works in it.")
        return
    try:
        _loaded = _Link(shell)
    except (HelperGone, NodeMissing, OSError) as error:
        print(f"PyPerf could not be loaded: {error}", file=sys.stderr)


def unload(shell):
    global _loaded
    if _loaded is not None:
        _loaded.close()
        _loaded = None


class _Cell:
    def __init__(self, cell_id, plan):
        self.id = cell_id
        self.plan = plan
        self.depth = 0


class _Link:
    def __init__(self, shell):
        self._shell = shell
        self._pid = os.getpid()
        self._cells = {}
        self._count = 0
        self._looked_at = {}
        self._helper = Helper()
        self._lock = threading.Lock()
        import IPython

        versions = {"ipythonVersion": IPython.__version__, "pythonVersion": sys.version.split()[0]}
        agent = self._helper.ask(type="start", **versions)
        # The cell that loads us has begun: `_end` of it finds none of ours.
        shell.events.register("pre_run_cell", self._begin)
        try:
            names = {"__name__": "pyperf_agent"}
            exec(compile(agent["source"], "<pyperf agent>", "exec"), names)
            self._agent = names["_attach"](agent["config"], self)
            self._helper.ask(type="attached")
            self._helper.started()
        except BaseException:
            shell.events.unregister("pre_run_cell", self._begin)
            self._helper.close()
            raise
        shell.events.register("post_run_cell", self._end)

    # -- what the agent asks

    def publish(self, kind, content):
        self._tell(type="published", cell=self.cell_id(), kind=kind, content=content)

    def cell_id(self):
        cell = self._cells.get(threading.get_ident())
        return cell.id if cell else ""

    def plan(self):
        cell = self._cells.get(threading.get_ident())
        return cell.plan if cell else self._looked_at

    def look_at(self, lines):
        """IPython transforms a cell before it announces it, and a wrong magic must stop it there."""
        first = next((line for line in lines if line.strip()), "")
        if first.split(None, 1)[:1] in (["%%pyperf"], ["%pyperf"]) and os.getpid() == self._pid:
            self._looked_at = (self._ask(type="look", code="".join(lines)) or {}).get("plan", {})

    # -- a cell's borders

    def _begin(self, info):
        if os.getpid() != self._pid or self._helper is None:
            return
        thread = threading.get_ident()
        cell = self._cells.get(thread)
        if cell is not None:
            cell.depth += 1
            return
        self._count += 1
        cell_id = f"cell-{self._count}"
        code = getattr(info, "raw_cell", "") or ""
        answer = self._ask(type="begin", cell=cell_id, code=code, cellId=self._notebook_cell(info)) or {}
        self._cells[thread] = _Cell(cell_id, answer.get("plan", {}))

    def _end(self, result):
        if os.getpid() != self._pid:
            return
        thread = threading.get_ident()
        cell = self._cells.get(thread)
        raw = getattr(getattr(result, "info", None), "raw_cell", None)
        if cell is None or (raw is not None and not raw.strip()):
            return  # IPython announces the end of an empty cell, but never its start
        if cell.depth:
            cell.depth -= 1
            return
        del self._cells[thread]
        answer = self._ask(type="end", cell=cell.id, error=_error_of(result)) or {}
        for message in answer.get("answers", []):
            self._show(message["type"], message["content"])

    def _notebook_cell(self, info):
        found = getattr(info, "cell_id", None)
        return found if isinstance(found, str) else None

    def _show(self, kind, content):
        if kind == "display_data":
            self._shell.display_pub.publish(data=content["data"], metadata=content["metadata"])
        elif kind == "stream":
            print(content["text"], end="", file=getattr(sys, content["name"]))

    # -- the helper; when it is gone, cells go on without it

    def _ask(self, **message):
        return self._with_helper(lambda helper: helper.ask(**message))

    def _tell(self, **message):
        self._with_helper(lambda helper: helper.tell(**message))

    def _with_helper(self, work):
        helper = self._helper
        if helper is None:
            return None
        try:
            with self._lock:
                return work(helper)
        except (Exception, KeyboardInterrupt) as error:
            self._helper = None
            helper.close()
            why = str(error) or type(error).__name__
            print(f"PyPerf no longer measures ({why}): %reload_ext jupyterlab_pyperf starts it again.", file=sys.stderr)
            return None

    def close(self):
        for event, callback in (("pre_run_cell", self._begin), ("post_run_cell", self._end)):
            self._shell.events.unregister(event, callback)
        self._agent.detach()
        if self._helper is not None:
            self._helper.close()
            self._helper = None


def _error_of(result):
    error = getattr(result, "error_before_exec", None) or getattr(result, "error_in_exec", None)
    if error is None:
        return None
    # Without asking the error for its words: that would call the user's code.
    words = BaseException.args.__get__(error)
    told = words[0] if len(words) == 1 and type(words[0]) is str else ""
    return {"name": type(error).__name__, "message": told}
