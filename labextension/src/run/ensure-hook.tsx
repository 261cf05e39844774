/** Makes sure that a notebook's kernel runs behind the hook: asks to switch to the PyPerf kernel where it does not. */
import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { RunContext } from './context.ts';
import { hookConnected, hookKnown } from './hook-wait.ts';
import { findWrapper, wrapsKernel, type KernelSpec } from './kernel-choice.ts';
import { addStyles } from '../views/styles.ts';

/** How long a busy kernel without a hook is waited for. */
const KNOWN_WITHIN_MS = 10_000;
/** A kernel that imports much, on a machine under load. */
export const START_WITHIN_MS = 90_000;

export type Purpose = 'notebook' | 'cells';

/** `switched`: on a new kernel, which has no variables yet. */
export type HookResult =
  | { readonly kind: 'ready' | 'refused' }
  | { readonly kind: 'switched'; readonly runAbove: boolean };

/** @throws Error when the PyPerf kernel does not come up. */
export async function ensureHook(
  context: RunContext,
  panel: NotebookPanel,
  purpose: Purpose,
): Promise<HookResult> {
  const { trans, kernelSpecs } = context;
  addStyles();
  await panel.sessionContext.ready;
  const profiles = context.pyperf.notebook(panel);
  if ((await hookKnown(profiles, KNOWN_WITHIN_MS)) === 'connected') return { kind: 'ready' };

  // A kernel that was wrapped a moment ago, in a terminal.
  await kernelSpecs.refreshSpecs();
  const specs = Object.values(kernelSpecs.specs?.kernelspecs ?? {}).filter(spec => spec != null);
  const name = kernelOf(panel);
  const current = specs.find(spec => spec.name === name);
  const shownName = current?.display_name ?? name;
  if (name === '') {
    await explain(trans.__('Choose a kernel first'), trans.__('This notebook has no kernel yet.'));
    return { kind: 'refused' };
  }
  if (current && wrapsKernel(current) !== undefined) {
    await explain(
      trans.__('PyPerf does not answer'),
      trans.__(
        'The kernel "%1" runs, but PyPerf around it does not answer. Restart the kernel; its log tells more.',
        shownName,
      ),
    );
    return { kind: 'refused' };
  }
  const wrapper = findWrapper(specs, name);
  if (!wrapper) {
    await explain(
      trans.__('No PyPerf kernel for "%1"', shownName),
      <NotInstalled context={context} kernelName={name} />,
    );
    return { kind: 'refused' };
  }
  const answer = await askToSwitch(context, wrapper, purpose, shownName);
  if (!answer) return { kind: 'refused' };
  await panel.sessionContext.changeKernel({ name: wrapper.name });
  if (!(await hookConnected(context.pyperf.notebook(panel), START_WITHIN_MS)))
    throw new Error(trans.__('The kernel "%1" did not start.', wrapper.display_name));
  return { kind: 'switched', runAbove: answer.runAbove };
}

/** The kernel that runs, else the one that the notebook names. */
function kernelOf(panel: NotebookPanel): string {
  const running = panel.sessionContext.session?.kernel?.name;
  if (running) return running;
  const kernelspec: unknown = panel.content.model?.getMetadata('kernelspec');
  return typeof kernelspec === 'object' && kernelspec !== null && 'name' in kernelspec
    ? String(kernelspec.name)
    : '';
}

async function askToSwitch(
  { trans, settings }: RunContext,
  wrapper: KernelSpec,
  purpose: Purpose,
  from: string,
): Promise<{ readonly runAbove: boolean } | null> {
  const isNotebook = purpose === 'notebook';
  if (isNotebook && settings.values.switchKernel === 'always') return { runAbove: false };
  const result = await showDialog({
    title: trans.__('Switch to "%1"?', wrapper.display_name),
    body: (
      <div className="jp-PyPerf-dialog">
        <p>
          {trans.__(
            'PyPerf measures a kernel from outside. "%1" is the same kernel as "%2", with PyPerf around it. The notebook keeps it until you choose another.',
            wrapper.display_name,
            from,
          )}
        </p>
        <p>
          {isNotebook
            ? trans.__('Switching clears all variables. Then all cells run, from the top.')
            : trans.__('Switching clears all variables, so the cells above have to run again.')}
        </p>
      </div>
    ),
    checkbox: isNotebook
      ? {
          label: trans.__('Remember my choice'),
          caption: trans.__('Always switch; the settings of PyPerf take this back.'),
          checked: false,
        }
      : { label: trans.__('Run the cells above first'), checked: true },
    buttons: [
      Dialog.cancelButton(),
      Dialog.okButton({
        label: isNotebook ? trans.__('Switch and profile') : trans.__('Switch and run'),
      }),
    ],
  });
  if (!result.button.accept) return null;
  const isChecked = result.isChecked === true;
  if (isNotebook && isChecked) await settings.set('switchKernel', 'always');
  return { runAbove: !isNotebook && isChecked };
}

const explain = (title: string, body: string | React.JSX.Element) =>
  showDialog({ title, body, buttons: [Dialog.okButton()] });

function NotInstalled({ context, kernelName }: { context: RunContext; kernelName: string }) {
  const { trans } = context;
  return (
    <div className="jp-PyPerf-dialog">
      <p>
        {trans.__(
          'PyPerf measures a kernel from outside, and needs a kernel of its own beside this one. Make it in a terminal on the server, then try again:',
        )}
      </p>
      <pre>jupyter pyperf install {kernelName}</pre>
    </div>
  );
}
