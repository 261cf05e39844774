"""Starts local kernels behind the hook, under their own names; and bare when anything of ours is missing."""

import asyncio
import os
import time

from jupyter_client.provisioning import LocalProvisioner

from ._kernel import CONNECTION_FILE, bare_python3, check, hook_command, python3
from ._nbclient import keep_figures
from ._node import NodeMissing

# A hook that ends with an error sooner than this has not started.
_EARLY_SECONDS = 10


class PyPerfProvisioner(LocalProvisioner):
    _started = None
    _asked_to_end = False
    _failed = False

    async def pre_launch(self, **kwargs):
        kwargs = await super().pre_launch(**kwargs)
        mark = (self.kernel_spec.metadata or {}).get("pyperf") or {}
        self._started = None
        self._asked_to_end = False
        if mark and not mark.get("packaged"):
            return kwargs  # written by `jupyter pyperf install`: the hook is in its command already
        file = self.parent.connection_file
        bare = bare_python3(file) if mark else kwargs["cmd"]
        try:
            command = await asyncio.to_thread(self._command, file, python3() if mark else self._kernel(bare))
            self._started = time.monotonic()
        except Exception as error:
            why = str(error) if isinstance(error, NodeMissing) else f"{type(error).__name__}: {error}"
            self.log.warning("PyPerf: kernel %r runs without profiling: %s", self.kernel_spec.display_name, why)
            command = bare
        return {**kwargs, "cmd": command}

    def _command(self, file, kernel):
        if self._failed:
            raise NodeMissing("the hook ended as soon as it was started")
        if getattr(self.parent, "curve_publickey", None):
            raise NodeMissing("this server encrypts its connections to kernels, which the hook cannot")
        # A manager of its own: no server's, but a program's that runs one notebook.
        alone = getattr(self.parent, "parent", None) is None
        command = hook_command(file, kernel, ["--cell-metadata"] if alone and keep_figures() else [])
        check(command)
        return command

    def _kernel(self, cmd):
        """What Jupyter would run, as the hook's arguments. The spec's folder where it says all: it names the kernel."""
        spec = self.kernel_spec
        if len(cmd) == len(spec.argv) and os.path.exists(os.path.join(spec.resource_dir, "kernel.json")):
            return ["--kernelspec", spec.resource_dir]
        file = self.parent.connection_file
        return ["--", *(argument.replace(file, CONNECTION_FILE) for argument in cmd)]

    async def shutdown_requested(self, restart=False):
        self._asked_to_end = True
        await super().shutdown_requested(restart)

    async def poll(self):
        code = await super().poll()
        if code is not None and code > 0 and self._started is not None and not self._asked_to_end:
            self._failed = time.monotonic() - self._started < _EARLY_SECONDS
        return code
