"""Top-level await, run as an IPython kernel does: a task of the kernel's awaits the cell's coroutine.

argv: the kind of wait, seconds. `cell.txt` holds the cells; each is compiled under a name of its own.
"""

import ast
import asyncio
import sys
import types

from pyperf_target import clock, hello, now

KIND, SECONDS = sys.argv[1], float(sys.argv[2])
CELLS = {
    "sleep": "import asyncio\nx = 1\nawait asyncio.sleep(SECONDS)\n",
    "nested": (
        "import asyncio\n"
        "async def outer():\n"
        "    await inner()\n"
        "async def inner():\n"
        "    await asyncio.sleep(SECONDS)\n"
        "await outer()\n"
    ),
    "gather": (
        "import asyncio\n"
        "async def short():\n"
        "    await asyncio.sleep(SECONDS / 2)\n"
        "async def long():\n"
        "    await asyncio.sleep(SECONDS)\n"
        "await asyncio.gather(short(), long())\n"
    ),
    "calls": (
        "import asyncio\n"
        "async def a(seconds):\n"
        "    await asyncio.sleep(seconds)\n"
        "await a(SECONDS)\n"
        "await asyncio.gather(a(SECONDS / 2), a(SECONDS))\n"
    ),
    "queue": (
        "import asyncio\n"
        "queue = asyncio.Queue()\n"
        "async def feed():\n"
        "    await asyncio.sleep(SECONDS)\n"
        "    queue.put_nowait(1)\n"
        "task = asyncio.create_task(feed())\n"
        "await queue.get()\n"
    ),
}


async def run_cell():
    code = compile(
        CELLS[KIND], "/tmp/cells/1.py", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    )
    await eval(code, {"SECONDS": SECONDS, "__name__": "__main__"})


async def kernel():
    tasks = asyncio.tasks
    listed = getattr(tasks, "_scheduled_tasks", getattr(tasks, "_all_tasks", None))
    task = asyncio.current_task()
    hello(
        {
            "code": {
                "cellPrefixes": ["/tmp/cells/"],
                "libraryPrefixes": [sys.prefix + "/", sys.base_prefix + "/", __file__],
            },
            "asyncio": {
                "tasks": id(listed.data),
                "sampleTask": id(task),
                "sampleCoroutine": id(task.get_coro()),
                "coroutineType": id(types.CoroutineType),
                "generatorType": id(types.GeneratorType),
                "asyncGeneratorType": id(types.AsyncGeneratorType),
            },
        }
    )
    t = now()
    await asyncio.get_running_loop().create_task(run_cell())
    clock.add("cell", now() - t)


asyncio.run(kernel())
clock.finish(cell=CELLS[KIND])
