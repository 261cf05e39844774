/** Small notebooks, each for one kind of output that a wrapped kernel might spoil. */
export interface SampleNotebook {
  readonly cells: readonly string[];
  /** The error's name where the notebook is to stop. */
  readonly stops?: string;
}

export const NOTEBOOKS: Readonly<Record<string, SampleNotebook>> = {
  'streams in both directions': {
    cells: [
      'given = 2',
      'import sys\nfor i in range(5):\n    print("out", i)\n    print("err", i, file=sys.stderr, flush=True)',
      'print("no newline", end="")\nprint(" then one")',
      // The kernel reads its descriptors in a thread: what followed at once would take its place in the order by chance.
      'import os, time\n_ = os.write(1, b"from the descriptor\\n")\ntime.sleep(0.3)',
      'import subprocess, sys\ncode = subprocess.run([sys.executable, "-c", "print(42)"]).returncode\ntime.sleep(0.3)\ncode',
      '!echo shell',
    ],
  },
  'display updates and clear_output': {
    cells: [
      'given = 2\nfrom IPython.display import display, clear_output, HTML, Markdown',
      'shown = display(HTML("<b>one</b>"), display_id="shown")\ndisplay(Markdown("*two*"))',
      'shown.update(HTML("<b>three</b>"))\nprint("updated")',
      'for i in range(20):\n    clear_output(wait=True)\n    print("step", i)',
      'print("gone")\nclear_output()\ndisplay({"text/plain": "kept", "application/x-own+json": {"a": [1]}}, raw=True)',
    ],
  },
  widgets: {
    cells: [
      'given = 2\nimport ipywidgets as widgets\nfrom IPython.display import display',
      'slider = widgets.IntSlider(value=3, max=9, description="n")\ndisplay(slider)',
      'slider.value = 7\nslider',
      'out = widgets.Output()\ndisplay(out)\nwith out:\n    print("inside")\n    display("rich")',
      'widgets.Image(value=bytes(range(256)) * 40, format="png")',
      'bar = widgets.IntProgress(max=50)\ndisplay(bar)\nfor i in range(50):\n    bar.value = i + 1',
    ],
  },
  'an error that stops it': {
    cells: [
      'given = 2',
      'def deep(n):\n    if n == 0:\n        raise ValueError(f"given {given}")\n    return deep(n - 1)',
      'print("before")\ndeep(3)\nprint("never")',
      'print("not reached")',
    ],
    stops: 'ValueError',
  },
  'images and tables': {
    cells: [
      'given = 2\n%matplotlib inline\nimport numpy as np, pandas as pd, matplotlib.pyplot as plt',
      'x = np.linspace(0, 6, 200)\nplt.plot(x, np.sin(given * x))\nplt.title("sine")',
      'fig, axes = plt.subplots(1, 2)\naxes[0].hist(np.arange(100) % 7)\naxes[1].imshow(np.arange(64).reshape(8, 8))\nplt.show()',
      'pd.DataFrame({"a": range(100), "b": np.arange(100) ** 2})',
      'pd.Series(np.arange(5.0)).describe()',
    ],
  },
  'big output': {
    cells: [
      'given = 2',
      'for i in range(20_000):\n    print(i, "x" * 40)',
      '"y" * 2_000_000',
      'from IPython.display import HTML\nHTML("<pre>" + "z" * 3_000_000 + "</pre>")',
      'import sys\nfor i in range(500):\n    print(i, flush=True)\n    print(i, file=sys.stderr, flush=True)',
    ],
  },
};
