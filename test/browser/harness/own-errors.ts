/** What our own scripts fail at in any tab of a test; what the front end stumbles over by itself is not ours. */
import type { BrowserContext } from '@playwright/test';

const OURS = '/extensions/jupyterlab-pyperf/';

/** @returns the list that grows while the test runs. */
export function collectOwnErrors(context: BrowserContext): readonly string[] {
  const errors: string[] = [];
  context.on('weberror', event => {
    const error = event.error();
    if (error.stack?.includes(OURS)) errors.push(error.stack);
  });
  context.on('console', message => {
    if (message.type() === 'error' && message.location().url.includes(OURS))
      errors.push(message.text());
  });
  return errors;
}
