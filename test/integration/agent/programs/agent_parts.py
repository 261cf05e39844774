"""Loads the agent's parts as the hook does: one text in one namespace of its own, less the part that needs IPython."""
import os

FOLDER = os.path.join(os.path.dirname(__file__), *[".."] * 4, "kernel", "languages", "python", "agent")
FILES = ("introspection", "sizes", "libraries", "shapes", "variables", "waiting", "trace", "fallback")


def load():
    texts = []
    for name in FILES:
        with open(os.path.join(FOLDER, name + ".py"), encoding="utf-8") as file:
            texts.append(file.read())
    names = {"__name__": "pyperf_agent"}
    exec(compile("\n".join(texts), "<pyperf agent>", "exec"), names)
    return names


# As `agent-source.ts` joins them.
EVIDENCE = (
    "places", "patches", "imports", "statements", "requests", "opens", "containers", "explain", "explain_sqlite",
    "explain_postgres", "drivers", "servers", "telemetry", "session",
)  # fmt: skip


def load_evidence():
    names = load()
    texts = []
    for name in EVIDENCE:
        with open(os.path.join(FOLDER, "evidence", name + ".py"), encoding="utf-8") as file:
            texts.append(file.read())
    exec(compile("\n".join(texts), "<pyperf agent>", "exec"), names)
    return names
