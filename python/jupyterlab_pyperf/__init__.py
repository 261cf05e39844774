"""PyPerf for Jupyter: a profiler that stands beside the kernel. What measures is the Node program in `bundle`.

Jupyter and IPython import this file for the entry points below; each loads what it needs when it is called.
"""


def load_ipython_extension(shell):
    """`%load_ext jupyterlab_pyperf`: `%%pyperf` in a kernel that was started without the hook."""
    from ._ipython import load

    load(shell)


def unload_ipython_extension(shell):
    from ._ipython import unload

    unload(shell)



def _jupyter_server_extension_points():
    return [{"module": "jupyterlab_pyperf"}]


def _load_jupyter_server_extension(server):
    """`jupyter pyperf enable` turns this on: every local kernel of the server starts behind the hook.

    A server extension, rather than a line of configuration that names the provisioner: a server whose configuration
    names a provisioner that was uninstalled starts no kernel at all.
    """
    from jupyter_client.provisioning import KernelProvisionerFactory

    factory = KernelProvisionerFactory.instance(parent=server)
    standard = factory.default_provisioner_name
    if standard == "local-provisioner":
        factory.default_provisioner_name = "pyperf-provisioner"
        server.log.info("PyPerf measures every local kernel of this server.")
    elif standard != "pyperf-provisioner":
        server.log.warning("PyPerf leaves kernels alone: this server starts them with %r.", standard)
