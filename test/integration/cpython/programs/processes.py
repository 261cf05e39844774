"""Children of every kind, each of which works on a line of its own. argv: kind of start, seconds."""

import multiprocessing
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor

KIND, DURATION = sys.argv[1], float(sys.argv[2])


def work(seconds):
    end = time.perf_counter() + seconds
    total = 0
    while time.perf_counter() < end:  #@work
        total += 1  #@work
    return total


def run():
    if KIND in ("fork", "spawn", "forkserver"):
        context = multiprocessing.get_context(KIND)
        children = [context.Process(target=work, args=(DURATION,)) for _ in range(2)]
        for child in children:
            child.start()
        for child in children:
            child.join()
    elif KIND == "pool":
        with multiprocessing.get_context("fork").Pool(2) as pool:
            pool.map(work, [DURATION] * 2)
    elif KIND == "executor":
        with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as executor:
            list(executor.map(work, [DURATION] * 2))
    elif KIND == "joblib":
        from joblib import Parallel, delayed

        Parallel(n_jobs=2)(delayed(work)(DURATION) for _ in range(2))
    elif KIND == "subprocess":
        subprocess.run([sys.executable, __file__, "work", str(DURATION)], check=True)
    elif KIND == "work":
        work(DURATION)


if __name__ == "__main__":
    if KIND == "work":
        run()
    else:
        from pyperf_target import clock, hello

        hello()
        run()
        clock.finish()
