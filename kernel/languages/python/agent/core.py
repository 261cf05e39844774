"""PyPerf's agent: the part that must live inside an IPython kernel.

The hook joins the files of this folder into one text and runs it once, silently, in a namespace of its own: no name
reaches the user's. It marks each cell's exact borders in a page shared with the hook (no message, no system call but
the readings), takes the `%%pyperf` line out of the code before IPython sees it, and publishes what a profiled cell
asked for in one `pyperf_cell` message, which the hook swallows.

Nothing here may raise into a cell: every callback is guarded, and what failed is told in the cell's message.
"""

import os as _os
import sys as _sys
import threading as _threading
import time as _time


class PyPerfUsageError(Exception):
    """A wrong `%%pyperf` line. Shown without a traceback: the mistake is in the line, not in a call."""

    def _render_traceback_(self):
        return [f"PyPerfUsageError: {self}"]


class _Agent:
    def __init__(self, shell, config):
        self._shell = shell
        self._kernel = getattr(shell, "kernel", None)
        self._pid = _os.getpid()
        self._read = _ProcessReader()
        self._cells = {}
        self._sent_files = {}
        self._nested = {}
        self._next_count = None
        self._previous_variables = None
        self._evidence_text = config["evidence"]
        self._evidence = None
        # Cells begun, and the one at whose end the variables were last measured.
        self._begun = 0
        self._measured = None
        self._hidden_names = frozenset(shell.user_ns) | {"In", "Out", "exit", "quit"}
        self._marks = _MarksPage(config["page"], config["slots"])
        transformers = getattr(shell, "input_transformers_cleanup", None)
        if transformers is not None:
            transformers.insert(0, self.take_magic_out)
        shell.events.register("pre_run_cell", self.pre_run_cell)
        shell.events.register("post_run_cell", self.post_run_cell)
        self._register_magic(config["help"])
        self._name_the_connection_file(config["connectionFile"])
        self._keep_what_is_published()

    # -- what the hook is told

    def publish(self, kind, content):
        kernel = self._kernel
        kernel.session.send(
            kernel.iopub_socket, kind, content, parent=self._parent(), ident=kind.encode("ascii")
        )

    def hello(self):
        self.publish("pyperf_hello", _describe_process(self._cell_folder()))

    def _cell_folder(self):
        try:
            from ipykernel.compiler import get_tmp_directory

            return get_tmp_directory()
        except Exception:
            return ""

    def _msg_id(self):
        return str((self._parent().get("header") or {}).get("msg_id", ""))

    def _parent(self):
        try:
            return self._kernel.get_parent()
        except Exception:
            return {}

    def _plan(self):
        """What the hook wants of this cell; it travels in the request's metadata."""
        plan = (self._parent().get("metadata") or {}).get("pyperf")
        return plan if isinstance(plan, dict) else {}

    # -- the magic

    def take_magic_out(self, lines):
        """Comments the `%%pyperf` line out, so that every other line keeps its number.

        IPython's history, the debugger's file names and `execute_input` have the cell as it was typed.
        """
        # IPython may count on before it announces the cell, or after its end; here it has not yet.
        self._next_count = self._shell.execution_count
        first = next((i for i, line in enumerate(lines) if line.strip()), None)
        if first is None:
            return lines
        word = lines[first].split(None, 1)[0]
        if word not in ("%%pyperf", "%pyperf"):
            return lines
        plan = self._plan()
        if plan.get("usageError"):
            raise PyPerfUsageError(plan["usageError"])
        if plan.get("skip"):
            return ["#" + line.lstrip() for line in lines[first : first + 1]]
        following = next((line for line in lines[first + 1 :] if line.strip()), "")
        if following.startswith("%%"):
            # A cell magic must be the cell's first line; its own body counts lines from there, with or without us.
            return ["\n"] * (first + 1) + lines[first + 1 :]
        indent = following[: len(following) - len(following.lstrip())]
        return lines[:first] + [indent + "#" + lines[first].lstrip()] + lines[first + 1 :]

    def _register_magic(self, help_text):
        """For `%lsmagic`, `%%pyperf?`, completion, and calls from code, which no transformer sees."""
        shell = self._shell

        def pyperf(line, cell=None):
            print("%%pyperf works as the first line of a cell; here the code runs unprofiled.", file=_sys.stderr)
            if cell is not None:
                shell.run_cell(cell)

        pyperf.__doc__ = help_text
        try:
            shell.register_magic_function(pyperf, "line_cell", "pyperf")
        except Exception:
            pass  # a help text is no reason to fail

    def _name_the_connection_file(self, path):
        """`%connect_info` and `get_connection_file()` name the file that Jupyter wrote: the sockets that clients use."""
        app = getattr(self._kernel, "parent", None)
        if app is not None and hasattr(app, "connection_file"):
            app.connection_file = path

    def _keep_what_is_published(self):
        """A publisher drops what a subscriber does not take: 1,000 messages by default (zmq_setsockopt(3), ZMQ_SNDHWM).
        The hook is one stop more on the way, so a moment without a processor would lose output that bare ipykernel
        delivers. Clients that are slow for long are the hook's to bound."""
        try:
            import zmq

            thread = self._kernel.iopub_thread
            thread.schedule(lambda: thread.socket.setsockopt(zmq.SNDHWM, 0))
        except Exception:
            pass  # a kernel that publishes in another way keeps its own bound

    # -- a cell's borders

    def pre_run_cell(self, info):
        try:
            if _os.getpid() != self._pid:
                return
            thread = _threading.get_ident()
            outer = self._cells.get(thread)
            if outer is not None and outer.msg_id == self._msg_id():
                outer.depth += 1
                self._note_nested(outer, info)
                return
            if self._nested:
                # The same text, but a cell of its own now.
                self._nested.pop(self._code_name(getattr(info, "raw_cell", "") or ""), None)
            self._cells[thread] = self._begin(info)
        except Exception:
            pass  # the hook then takes the messages' dates

    def _begin(self, info):
        self._begun += 1
        cell = _Cell()
        cell.msg_id = self._msg_id()
        cell.plan = self._plan()
        cell.raw = getattr(info, "raw_cell", "") or ""
        cell.depth = 0
        cell.failures = []
        cell.slot = self._marks.take_slot()
        cell.native_id = _threading.get_native_id()
        cell.file = self._file_name(info)
        count = self._next_count
        cell.count = count if isinstance(count, int) and 0 <= count < _UNKNOWN else _UNKNOWN
        cell.tools = self._start_tools(cell)
        cell.reset = self._read.reset_peak()
        cell.rss = self._read.rss()
        cell.io = self._read.io()
        cell.queued = self._read.run_queue_ns()
        cell.cpu = self._read.cpu_ns()
        cell.start_ns = _time.monotonic_ns()
        self._marks.mark_start(cell)
        return cell

    def post_run_cell(self, result):
        try:
            if _os.getpid() != self._pid:
                return
            thread = _threading.get_ident()
            cell = self._cells.get(thread)
            raw = getattr(getattr(result, "info", None), "raw_cell", None)
            if cell is None or (raw is not None and not raw.strip()):
                return  # IPython announces the end of an empty cell, but never its start
            if cell.depth:
                cell.depth -= 1
                return
            del self._cells[thread]
            end_ns = _time.monotonic_ns()
            cpu = self._read.cpu_ns()
            queued = self._read.run_queue_ns()
            io = self._read.io()
            peak = self._read.peak() if cell.reset else _UNKNOWN
            self._marks.mark_end(cell, end_ns, cpu, self._read.rss(), peak, io, queued)
            if cell.plan.get("profile"):
                self.publish("pyperf_cell", self._finish_tools(cell))
        except Exception as error:
            self._tell_failure(error)

    def _tell_failure(self, error):
        try:
            self.publish("pyperf_cell", {"failures": [f"{type(error).__name__}: {error}"]})
        except Exception:
            pass

    def _note_nested(self, outer, info):
        """A cell that runs inside another (`%%capture`) has a file of its own: its lines, moved, are the outer's."""
        raw = getattr(info, "raw_cell", "") or ""
        body = raw.rstrip()
        # What a cell magic runs is the end of its cell; what code gives to `run_cell` may stand anywhere in it.
        at = len(outer.raw.rstrip()) - len(body)
        if not outer.raw.startswith(body, at):
            at = ("\n" + outer.raw).find("\n" + body)
        if not body or at < 0:
            return
        # By now the shell counts the cell that comes next.
        count = self._shell.compile._filename_map.get(self._code_name(outer.raw))
        if count is not None:
            self._nested[self._code_name(raw)] = [count, outer.raw.count("\n", 0, at)]

    def _code_name(self, raw):
        return self._shell.compile.get_code_name(raw, raw, self._shell.execution_count)

    def _file_name(self, info):
        """What IPython is about to compile the cell as. Told in the page, not in a message: a call that keeps the
        interpreter's lock would hold the message back, and the hook could not name its lines while it runs."""
        raw = getattr(info, "raw_cell", "") or ""
        try:
            name = self._shell.compile.get_code_name(
                raw, getattr(info, "transformed_cell", None) or raw, self._shell.execution_count
            ).encode()
        except Exception:  # a compiler of somebody else's
            return b""
        return name if len(name) <= _FILE_BYTES else b""

    # -- what a profiled cell asked for

    def _start_tools(self, cell):
        tools = {}
        if cell.plan.get("profile"):
            self._begin_evidence(cell, tools)
        # What is there now, so that growth means "during this cell"; the end of the cell just before has told it.
        if cell.plan.get("variables") and self._measured != self._begun - 1:
            self._measure_variables()
        if cell.plan.get("memory") == "trace":
            tools["trace"] = _TraceMemory()
            tools["trace"].start()
        if cell.plan.get("sampler") == "in-process":
            tools["sampler"] = _FallbackSampler(_threading.get_ident(), cell.plan.get("rateHz"))
            self._give_task(tools["sampler"])
            tools["sampler"].start()
        return tools

    def _begin_evidence(self, cell, tools):
        """What watches statements, requests and files is compiled for the first profiled cell: most kernels have none."""
        try:
            if self._evidence is None:
                names = dict(globals())
                exec(compile(self._evidence_text, "<pyperf agent>", "exec"), names)
                places = names["_Places"](self._cell_folder(), _library_folders())
                self._evidence = names["_Evidence"](self._shell, self._hidden_names, places)
            if self._evidence.active:
                if any("evidence" in running.tools for running in self._cells.values()):
                    raise RuntimeError("another profiled cell runs")
                self._evidence.end()  # of a cell whose end IPython never announced
            self._evidence.begin(follows=self._measured == self._begun - 1)
            tools["evidence"] = self._evidence
        except Exception as error:
            cell.failures.append(f"statements and files: {type(error).__name__}: {error}")

    def _give_task(self, sampler):
        asyncio = _sys.modules.get("asyncio")
        if asyncio is not None:
            try:
                sampler.set_task(asyncio.current_task())
            except RuntimeError:
                pass  # no loop runs in this thread

    def _finish_tools(self, cell):
        content = {"failures": cell.failures}
        for key, work in (
            ("evidence", lambda: cell.tools["evidence"].end() if "evidence" in cell.tools else None),
            ("stacks", lambda: cell.tools["sampler"].stop() if "sampler" in cell.tools else None),
            ("trace", lambda: cell.tools["trace"].stop() if "trace" in cell.tools else None),
            ("variables", lambda: self._measure_variables() if cell.plan.get("variables") else None),
            ("files", self._new_files),
        ):
            try:
                found = work()
                if found is not None:
                    content[key] = found
            except Exception as error:
                content["failures"].append(f"{key}: {type(error).__name__}: {error}")
        return content

    def _measure_variables(self):
        measured, self._previous_variables = _measure_variables(
            self._shell.user_ns, self._hidden_names, previous=self._previous_variables
        )
        self._measured = self._begun
        return measured

    def _new_files(self):
        """`{file name: [execution count, lines before it in the cell]}` of cells not told of before."""
        names = getattr(self._shell.compile, "_filename_map", {})
        new = {}
        for name, count in list(names.items()):
            entry = self._nested.get(name, [count, 0])
            if self._sent_files.get(name) != entry:
                new[name] = self._sent_files[name] = entry
        return new


def _pyperf_main(config):
    from IPython.core.getipython import get_ipython

    _Agent(get_ipython(), config).hello()
