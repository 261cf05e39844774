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
  let isOn = false;
  const update = (): void => {
    const isWanted = link.state === 'connected' && link.running.any;
    if (isWanted === isOn) return;
    isOn = isWanted;
    askedAt = undefined;
    // The first look comes after one interval: most cells are over by then.
    void (isOn ? poll.schedule({ phase: 'started', interval: INTERVAL_MS }) : poll.stop());
  };
  link.heard.connect((_, said) => {
    // A page that was loaded while a cell runs hears of it so.
    if (said.type === 'hello') link.say({ type: 'peek' });
    if (said.type === 'live') askedAt = undefined;
  });
  link.stateChanged.connect(update);
  link.running.changed.connect(update);
  context.disposed.connect(() => poll.dispose());
}
