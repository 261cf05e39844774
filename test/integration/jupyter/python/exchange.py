"""How these programs talk with the tests: JSON in on stdin, JSON out on stdout."""

import json
import os
import sys


def exchange():
    """-> (what was asked, the function that answers). A kernel's own stdout goes to stderr, out of the answer's way."""
    asked = json.load(sys.stdin)
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def answer(value) -> None:
        with out:
            json.dump(value, out, default=str)

    return asked, answer
