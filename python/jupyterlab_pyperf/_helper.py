"""The process beside a kernel that was started without the hook, and how to speak with it: a JSON object a line."""

import ctypes
import json
import os
import socket
import subprocess
import sys

from ._node import BUNDLE, find_node

ATTACH = os.path.join(BUNDLE, "kernel", "attach.cjs")
_PR_SET_PTRACER = 0x59616D61
_START_SECONDS = 20
_ANSWER_SECONDS = 10


class HelperGone(Exception):
    """A sentence that says why."""


class Helper:
    def __init__(self):
        if os.name != "posix":
            raise HelperGone("%load_ext jupyterlab_pyperf does not work on Windows yet")
        ours, theirs = socket.socketpair()
        with theirs:
            self.pid = _start(theirs.fileno())
        if sys.platform == "linux":
            # Under Yama's ptrace_scope=1 only a process named here may read our stacks (prctl(2)).
            ctypes.CDLL(None).prctl(_PR_SET_PTRACER, ctypes.c_ulong(self.pid), 0, 0, 0)
        ours.settimeout(_START_SECONDS)
        self._socket = ours
        self._lines = ours.makefile("r", encoding="utf-8", newline="\n")

    def started(self):
        self._socket.settimeout(_ANSWER_SECONDS)

    def tell(self, **message):
        try:
            self._socket.sendall(json.dumps(message).encode() + b"\n")
        except OSError as error:
            raise HelperGone(f"the process beside the kernel is gone ({error})") from None

    def ask(self, **message):
        self.tell(**message)
        try:
            line = self._lines.readline()
        except OSError as error:
            raise HelperGone(f"the process beside the kernel does not answer ({error})") from None
        if not line:
            raise HelperGone("the process beside the kernel ended")
        answer = json.loads(line)
        if answer["type"] == "failed":
            raise HelperGone(answer["reason"])
        return answer

    def close(self):
        self._lines.close()
        self._socket.close()


def _start(fd):
    """Through a shell that ends at once: what it leaves behind is no child of the kernel, so that code that counts its
    children or waits for them sees none of ours. A session of its own keeps the kernel's signals from it."""
    command = [find_node(), ATTACH, str(fd), str(os.getpid())]
    shell = subprocess.run(
        ["/bin/sh", "-c", '"$@" </dev/null >/dev/null 2>&1 & echo $!', "sh", *command],
        pass_fds=(fd,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,
        check=True,
        timeout=_START_SECONDS,
    )
    return int(shell.stdout)
