"""Everything that a kernel sends while a script runs: {kernel, cells: [source]} -> [message].

Over ZeroMQ with jupyter_client, because the server's websocket adds and drops messages of its own. Each message is
{channel, type, content, metadata, cell, buffers, headerFields, version}: `cell` is the index of the cell whose request
is the parent, "none" where there is no parent, and "foreign" for a request that nobody here sent.
"""

import queue

from exchange import exchange
from jupyter_client.manager import start_new_kernel

WAIT_S = 30
SETTLE_S = 0.4


def main() -> None:
    asked, answer = exchange()
    manager, client = start_new_kernel(kernel_name=asked["kernel"])
    cell_of: dict[str, object] = {}
    messages: list[dict[str, object]] = []
    settle(client)

    def note(channel: str, message: dict) -> None:
        parent = message["parent_header"].get("msg_id")
        messages.append(
            {
                "channel": channel,
                "type": message["header"]["msg_type"],
                "content": message["content"],
                "metadata": message["metadata"],
                "cell": "none" if parent is None else cell_of.get(parent, "foreign"),
                "buffers": [len(bytes(buffer)) for buffer in message["buffers"]],
                "headerFields": sorted(message["header"]),
                "version": message["header"]["version"],
            }
        )

    try:
        for index, source in enumerate(asked["cells"]):
            msg_id = client.execute(source, allow_stdin=False, stop_on_error=False)
            cell_of[msg_id] = index
            while True:
                message = client.get_iopub_msg(timeout=WAIT_S)
                note("iopub", message)
                if (
                    message["parent_header"].get("msg_id") == msg_id
                    and message["content"].get("execution_state") == "idle"
                ):
                    break
            note("shell", client.get_shell_msg(timeout=WAIT_S))
        for channel, message in settle(client):
            note(channel, message)
        answer(messages)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def settle(client) -> list[tuple[str, dict]]:
    """What still comes when nothing is asked."""
    late = []
    for name, channel in (("iopub", client.get_iopub_msg), ("shell", client.get_shell_msg)):
        while True:
            try:
                late.append((name, channel(timeout=SETTLE_S)))
            except queue.Empty:
                break
    return late


main()
