class _AttachedAgent(_Agent):
    """In a kernel that was started without the hook (`%load_ext jupyterlab_pyperf`): no message's metadata says what a
    cell wants, and nobody swallows what is published. The extension's link, a pipe to a process of ours, does both."""

    def __init__(self, shell, config, link):
        self._link = link
        super().__init__(shell, config)

    def publish(self, kind, content):
        self._link.publish(kind, content)

    def _msg_id(self):
        return self._link.cell_id()

    def _plan(self):
        return self._link.plan()

    def take_magic_out(self, lines):
        self._link.look_at(lines)
        return super().take_magic_out(lines)

    def _cell_folder(self):
        return super()._cell_folder() if self._kernel is not None else "<ipython-input-"

    def _name_the_connection_file(self, path):
        pass

    def _keep_what_is_published(self):
        pass

    def detach(self):
        """Takes out what was put into the shell."""
        shell = self._shell
        shell.input_transformers_cleanup.remove(self.take_magic_out)
        for event in ("pre_run_cell", "post_run_cell"):
            shell.events.unregister(event, getattr(self, event))
        for magics in shell.magics_manager.magics.values():
            magics.pop("pyperf", None)


def _attach(config, link):
    from IPython.core.getipython import get_ipython

    agent = _AttachedAgent(get_ipython(), config, link)
    agent.hello()
    return agent
