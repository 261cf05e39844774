/**
 * A `%%pyperf` cell does what it does without. The bare kernel runs the same cell with a comment in the magic's place,
 * so that both have the same lines.
 */
import { describe, expect } from 'vitest';
import { debugSession } from './harness/debug-session.ts';
import { printed } from './harness/kernel-client.ts';
import { normalise } from './harness/normalise.ts';
import { usePair, type RunningKernel } from './harness/pair.ts';
import { ownOutputs, reportsOf } from './harness/reports.ts';

const profiled = ({ name }: RunningKernel, code: string): string =>
  name === 'wrapped' ? `%%pyperf\n${code}` : `# profiled\n${code}`;

describe('a cell under %%pyperf', () => {
  const { same } = usePair({ keepKernels: true });

  for (const [what, code] of [
    ['an expression', 'x = 2\nx * 21'],
    ['streams and displays', 'print(1)\ndisplay(2)\nimport sys\nprint(3, file=sys.stderr)'],
    ['top-level await', 'import asyncio\nawait asyncio.sleep(0.1)\nprint("awaited")'],
    ['display updates', 'h = display(1, display_id="d")\nh.update(2)\nh.update(3)'],
    ['an empty cell', ''],
    ['a trailing semicolon', '5 + 5;'],
    ['a line magic', '%pwd\n!echo hi'],
    ['a plot', '%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()'],
  ] as const)
    same(`leaves the messages of ${what} as they are`, async kernel => {
      const done = await kernel.client.execute(profiled(kernel, code));
      const after = await kernel.client.execute('_, len(In), sorted(Out)');
      return [ownOutputs(done), done.reply.content, ownOutputs(after)];
    });

  for (const [what, code] of [
    ['an error', 'x = 1\n\n1 / 0'],
    ['an error inside a function', 'def f():\n    y = 1\n    raise KeyError("k")\n\nf()'],
    ['a syntax error', 'x = 1\nfor i in range(3) print(i)'],
    ['an indentation error', 'if True:\n    x = 1\n   y = 2'],
    ['an error inside a comprehension', 'numbers = [1, 0]\n[1 / n\n for n in numbers]'],
    ['an error after await', 'import asyncio\nawait asyncio.sleep(0)\nundefined'],
  ] as const)
    same(
      `keeps the line numbers of ${what}`,
      async kernel => {
        const { reply } = await kernel.client.execute(profiled(kernel, code));
        const { ename, evalue, traceback } = reply.content as {
          ename: string;
          evalue: string;
          traceback: string[];
        };
        const text = stripColours(traceback.join('\n'));
        return {
          ename,
          evalue: normalise(evalue),
          lines: [...`${evalue}\n${text}`.matchAll(/line (\d+)|-+> *(\d+)/g)].map(
            match => match[0],
          ),
          // All but the first line, which is the magic's own.
          listing: text.split('\n').filter(line => !/%%pyperf|# profiled/.test(line)),
        };
      },
      ({ lines }) => expect(lines.length).toBeGreaterThan(0),
    );

  for (const [what, code] of [
    ['%%time', '%%time\nprint("timed")\n5'],
    ['%%bash', '%%bash\necho one\necho two >&2'],
    ['%%bash that fails', '%%bash\nexit 3'],
    ['%%capture', '%%capture caught\nprint("caught")\ndisplay(1)'],
    ['%%writefile', '%%writefile /dev/null\nfirst\n  second'],
    ['%%timeit', '%%timeit -n1 -r1\npass'],
    ['%%html', '%%html\n<b>bold</b>'],
    ['an unknown cell magic', '%%no_such_magic\n1'],
  ] as const)
    same(`works over ${what}`, async ({ name, client }) => {
      // Nothing may stand above a cell magic, so the bare kernel runs it as it is.
      const done = await client.execute(name === 'wrapped' ? `%%pyperf\n${code}` : code);
      if (name === 'wrapped') expect(reportsOf(done)).toHaveLength(1);
      const own: unknown = [ownOutputs(done), normalise(done.reply.content)];
      return stripColours(JSON.stringify(own));
    });

  same(
    'stops at a breakpoint on the line that the user sees',
    kernel => debugSession(kernel.client, profiled(kernel, 'x = 1\ny = x + 1\nprint(y)'), 3),
    ({ stoppedLine, stoppedInCell, x }) => {
      expect([stoppedLine, stoppedInCell, x]).toEqual([3, true, '1']);
    },
  );

  same('leaves nothing of its own in the namespace', async kernel => {
    const { client } = kernel;
    await client.execute(profiled(kernel, 'x = 1\ny = "two"\nx'));
    // A kernel that stops on errors aborts what comes within its next turn of the loop: that is luck.
    await client.execute(profiled(kernel, '1/0'), { stop_on_error: false });
    const seen = await client.execute(
      'print(sorted(dir()), sorted(globals()), sorted(get_ipython().user_ns_hidden))\n%whos',
    );
    return [normalise(printed(seen)), (await client.execute('_, Out')).reply.content];
  });
});

// eslint-disable-next-line no-control-regex -- the escape character begins a colour
const stripColours = (text: string): string => text.replace(/(\u001b|\\u001b)\[[\d;]*m/g, '');
