/** A profiled run gives what a bare run gives: the same notebooks through nbclient and through us. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { appendOutput } from '../../../src/cli/run/outputs.ts';
import { joined, type Cell, type Notebook, type Output } from '../../../src/cli/notebook/model.ts';
import { PYTHON, ROOT } from '../../support/kernels.ts';
import { Workplace } from './harness.ts';

const BARE_RUN = join(ROOT, 'test/integration/cli/python/bare_run.py');

let work: Workplace;
beforeEach(() => {
  work = new Workplace();
});
afterEach(() => work.remove());

const NOTEBOOKS: Readonly<Record<string, readonly (string | Partial<Cell>)[]>> = {
  streams: [
    'import sys\nfor i in range(50):\n    print(i, flush=True)\nprint("err", file=sys.stderr)\nprint("out")',
    'print("no newline", end="")',
    '%%bash\necho from bash; echo also >&2',
    'import subprocess\nsubprocess.run(["echo", "from a child"], check=True)\nNone',
    'print("\\r10%\\r20%\\b", "\\x1b[31mred\\x1b[0m", "é😀\\u2028")',
  ],
  displays: [
    'from IPython.display import display, HTML, Image, JSON, Markdown, update_display, clear_output',
    'handle = display("old", display_id="q")\ndisplay("other", display_id="r")',
    'handle.update("new")\nupdate_display(HTML("<b>r</b>"), display_id="r")',
    'display("again", display_id="q")',
    'for i in range(4):\n    clear_output(wait=True)\n    print(i)\nprint("end")',
    'print("gone")\nclear_output()\nprint("stays")',
    'print("kept, nothing follows")\nclear_output(wait=True)',
    'display({"a": 1}, HTML("<i>x</i>\\n<p>"), Markdown("# h"), JSON({"b": [1, 2.5, None]}))',
    '{"text/plain": 1}\n_ = 3\n(1, 2)',
    '3;',
  ],
  images: [
    '%matplotlib inline\nimport numpy as np, matplotlib.pyplot as plt',
    'plt.plot([1, 3, 2])\nplt.title("t");',
    'fig, ax = plt.subplots(figsize=(2, 2))\nax.imshow(np.eye(4))\nprint("before")\nplt.show()\nprint("after")',
    'import pandas as pd\npd.DataFrame({"a": [1, 2], "b": ["x", None]})',
  ],
  errors: [
    { source: 'input("name? ")' },
    'def f(x):\n    y = x - 1\n    return 1 / y',
    'f(1)',
    'raise SystemExit(3)',
    'syntax error here',
    'raise KeyboardInterrupt',
    '%nomagic\n',
    '%%pythonmagic\nx',
    'class E(Exception):\n    pass\nraise E("multi\\nline")',
    'print("on")\n{"x"}',
  ],
  widgets: [
    'import ipywidgets as w\nfrom IPython.display import display',
    'slider = w.IntSlider(value=3, description="n")\nslider',
    'out = w.Output()\nwith out:\n    print("inside")\n    display(1)\nprint("outside")\nout',
    'with out:\n    print("more")\n    1 / 0',
    'out.clear_output()\nslider.value = 7',
    'w.Image(value=b"\\x89PNG", format="png")',
    '@w.interact(k=(0, 3))\ndef g(k=1):\n    print(k)',
  ],
  state: [
    'await __import__("asyncio").sleep(0.01)\nprint("awaited")',
    '%who',
    'x = 1\n%whos',
    '%history',
    'In[1], Out',
    'dir()',
    'import threading\nt = threading.Thread(target=lambda: print("from a thread"))\nt.start(); t.join()',
    { source: '# a comment alone\n' },
    '   \n',
    { cell_type: 'raw', source: 'raw stays' },
    { source: 'skipped', metadata: { tags: ['skip-execution'], keep: { b: 1, a: 2 } } },
    'get_ipython().kernel.shell.execution_count',
    '%%time\npass',
  ],
};

/** What differs from run to run: addresses, process ids, random ids, times. */
const scrubText = (text: string): string =>
  text
    .replace(/0x[0-9a-f]{6,}/g, '0x…')
    .replace(/ipykernel_\d+/g, 'ipykernel_…')
    .replace(/(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/g, 'id')
    .replace(/(CPU times|Wall time).*/g, '$1')
    .replace(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/, 'a time');

/** A copy scrubbed, its objects' keys in order. */
function scrub(value: unknown): unknown {
  if (typeof value === 'string') return scrubText(value);
  if (Array.isArray(value)) return value.map(scrub);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, scrub(inner)]),
  );
}

/** nbclient keeps a stream's pieces apart, and nbformat joins or splits lines: neither changes what is shown. */
function comparable(notebook: Notebook): unknown {
  const cells = notebook.cells.map(cell => {
    if (!cell.outputs) return { ...cell, source: joined(cell.source) };
    const outputs: Output[] = [];
    for (const output of cell.outputs)
      appendOutput(
        outputs,
        output.output_type === 'stream' ? { ...output, text: joined(output.text) } : output,
      );
    return { ...cell, source: joined(cell.source), outputs };
  });
  const { widgets, ...metadata } = notebook.metadata;
  return scrub({ cells, metadata, widgets: widgetStates(widgets) });
}

/** Models without their random names, in an order that does not depend on them. */
function widgetStates(widgets: unknown): string[] {
  if (widgets === undefined) return [];
  const { state } = (widgets as Record<string, { state: Record<string, unknown> }>)[
    'application/vnd.jupyter.widget-state+json'
  ] as { state: Record<string, unknown> };
  return Object.values(state)
    .map(model => JSON.stringify(scrub(model)))
    .sort();
}

it.each(Object.entries(NOTEBOOKS))('%s come out as with nbclient', async (name, cells) => {
  const path = work.notebook(`${name}.ipynb`, cells);
  const executed = work.path('bare.ipynb');
  await runBare(path, executed);
  const bare = JSON.parse(readFileSync(executed, 'utf8')) as Notebook;
  const { code, stderr } = await work.profile(path, '--allow-errors', '--format', 'json');
  expect(stderr).not.toContain('Not measured');
  expect(code).toBe(0);
  expect(comparable(work.executed(name))).toEqual(comparable(bare));
});

/** nbclient waits for ever for a message that lies in its own socket, so the yardstick itself gets further tries. */
async function runBare(path: string, executed: string, tries = 4): Promise<void> {
  try {
    await promisify(execFile)(PYTHON, [BARE_RUN, path, executed], {
      timeout: 25_000,
      killSignal: 'SIGKILL',
      env: { ...process.env, IPYTHONDIR: work.path('ipython-bare') },
    });
  } catch (error) {
    if (tries < 2 || (error as { readonly killed?: boolean }).killed !== true) throw error;
    await runBare(path, executed, tries - 1);
  }
}
