"""What a cell sent and opened, and that everything is put back, without a kernel: for every Python there is."""
import json
import os
import sqlite3
import sys
import sysconfig
import tempfile
import threading

import agent_parts

names = agent_parts.load_evidence()


class Shell:
    user_ns = {}

    def showtraceback(self):
        pass


CELL = """
db.execute("CREATE TABLE t (a INTEGER, b TEXT)")
db.executemany("INSERT INTO t VALUES (?, ?)", [(i, str(i)) for i in range(30000)])
for i in range(30):
    db.cursor().execute("SELECT * FROM t WHERE b = ?", (str(i),)).fetchall()
open(path, "w").close()
import mailbox
def other():
    db.execute("SELECT 2")
thread = threading.Thread(target=other); thread.start(); thread.join()
child = os.fork() if hasattr(os, "fork") else 0
if child == 0 and hasattr(os, "fork"):
    sqlite3.connect(":memory:").execute("SELECT 3")
    os._exit(0)
status = os.waitpid(child, 0)[1] if child else 0
try:
    db.execute("SELECT nothing")
except sqlite3.OperationalError as error:
    failure = error
"""


def main():
    folder = tempfile.mkdtemp()
    libraries = [sysconfig.get_paths()["stdlib"], sysconfig.get_paths()["purelib"]]
    evidence = names["_Evidence"](Shell(), frozenset(), names["_Places"]("/cells/", libraries))
    before = [vars(sqlite3.Cursor)["execute"], vars(sqlite3.Connection)["execute"], list(sys.meta_path)]
    evidence.begin(follows=False)
    cell = {"db": sqlite3.connect(":memory:", check_same_thread=False), "path": os.path.join(folder, "f"), "os": os, "sqlite3": sqlite3, "threading": threading}
    exec(compile(CELL.strip(), "/cells/1.py", "exec"), cell)
    told = evidence.end()
    after = [vars(sqlite3.Cursor)["execute"], vars(sqlite3.Connection)["execute"], list(sys.meta_path)]
    for _ in range(1000):
        cell["db"].execute("SELECT 1")
    names["_without_own_frames"](cell["failure"], evidence._is_own)
    files, entry = [], cell["failure"].__traceback__
    while entry is not None:
        files.append(entry.tb_frame.f_code.co_filename)
        entry = entry.tb_next
    print(
        json.dumps(
            {
                "told": told,
                "restored": all(one is two for one, two in zip(before[:2], after[:2])) and before[2] == after[2],
                "later": evidence.statements.count - sum(entry["count"] for entry in told["statements"]),
                "status": cell["status"],
                "ownFrames": sum(file == "<pyperf agent>" for file in files),
            }
        )
    )


main()
