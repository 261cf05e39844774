"""PyPerf for Jupyter: a profiler that stands beside the kernel. What measures is the Node program in `bundle`."""
