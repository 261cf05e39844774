"""Prints many flushed lines while the launched process stands still: {kernel, lines, stallSeconds} -> the lines.

The client reads all the while, so that whatever is lost was lost before it.
"""

import os
import signal
import threading
import time

from exchange import exchange
from jupyter_client.manager import start_new_kernel

WAIT_S = 60


def main() -> None:
    asked, answer = exchange()
    manager, client = start_new_kernel(kernel_name=asked["kernel"])
    pid = manager.provisioner.process.pid
    code = f"print('go', flush=True)\nfor n in range({asked['lines']}):\n    print(n, flush=True)"
    text = ""

    def stall() -> None:
        os.kill(pid, signal.SIGSTOP)
        time.sleep(asked["stallSeconds"])
        os.kill(pid, signal.SIGCONT)

    try:
        msg_id = client.execute(code)
        stalled = None
        while True:
            message = client.get_iopub_msg(timeout=WAIT_S)
            if message["parent_header"].get("msg_id") != msg_id:
                continue
            if message["msg_type"] == "stream":
                text += message["content"]["text"]
            if stalled is None and "go" in text:
                stalled = threading.Thread(target=stall)
                stalled.start()
            if message["content"].get("execution_state") == "idle":
                break
        stalled.join()
        answer(text.split())
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


main()
