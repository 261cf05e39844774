/** Asks the hook for the figures so far, while a cell runs and somebody may see them. */
import type { ISessionContext } from '@jupyterlab/apputils';
import { Poll } from '@lumino/polling';
import type { HookLink } from './hook-link.ts';

const INTERVAL_MS = 700;
/** An answer that takes longer is lost. */
const ANSWER_WITHIN_MS = 5000;

export function pollLive(context: ISessionContext, link: HookLink): void {
  let askedAt: number | undefined;
  const poll = new Poll({
    name: 'jupyterlab-pyperf:live',
    auto: false,
    frequency: { interval: INTERVAL_MS, backoff: false },
    standby: 'when-hidden',
    factory: () => {
      const isWaiting = askedAt !== undefined && performance.now() - askedAt < ANSWER_WITHIN_MS;
      if (!isWaiting) {
        askedAt = performance.now();
        link.say({ type: 'peek' });
      }
      return Promise.resolve();
    },
  });
  /** A page that was loaded while a cell runs hears of it from the hook first. */
  let isCellLive = false;
  const isBusy = (): boolean =>
    link.state === 'connected' && (isCellLive || context.session?.kernel?.status === 'busy');
  let isOn = false;
  const update = (): void => {
    if (isBusy() === isOn) return;
    isOn = !isOn;
    askedAt = undefined;
    // The first look comes after one interval: most cells are over by then.
    void (isOn ? poll.schedule({ phase: 'started', interval: INTERVAL_MS }) : poll.stop());
  };
  link.heard.connect((_, said) => {
    if (said.type === 'hello') link.say({ type: 'peek' });
    if (said.type === 'cell') isCellLive = false;
    if (said.type === 'live') {
      askedAt = undefined;
      isCellLive = said.profile !== null;
    }
    update();
  });
  link.stateChanged.connect(update);
  context.statusChanged.connect(update);
  context.disposed.connect(() => poll.dispose());
}
