/** Runs a cell in a wrapped kernel and reads the profile from its output. */
import { parseProfile, PROFILE_MIME_TYPE, type Cell } from '../../../src/profile/index.ts';
import type { JupyterMessage } from '../../../kernel/wire/index.ts';
import type { JupyterClient } from '../../support/jupyter-client.ts';
import { stdoutOf } from '../../support/jupyter-client.ts';
import { until } from '../../support/processes.ts';

export interface ProfiledCell {
  readonly cell: Cell;
  /** What the cell itself printed. */
  readonly stdout: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** @param code with its `%%pyperf` line. */
export async function profileCell(
  client: JupyterClient,
  code: string,
  timeoutMs = 110_000,
): Promise<ProfiledCell> {
  const { published } = await client.execute(code, { timeoutMs });
  const data = displayedBy(published);
  if (!data) {
    const types = published.map(message => message.header.msg_type).join(', ');
    throw new Error(`nothing of ours under the cell: ${types}`);
  }
  const [cell] = parseProfile(data[PROFILE_MIME_TYPE]).cells;
  if (!cell) throw new Error('a profile without a cell');
  return { cell, data, stdout: published.flatMap(stdoutOf).join('') };
}

/**
 * Waits until the hook's workers have started. On a busy machine that takes longer than a first cell, which is then told
 * to have no samples. These are long enough that their findings are asked for as well.
 */
export async function untilSampled(client: JupyterClient): Promise<void> {
  await until(
    'the sampler to start',
    async () => {
      const { cell } = await profileCell(client, '%%pyperf\nimport time\ntime.sleep(0.5)');
      return cell.sampling.samples > 20;
    },
    60_000,
  );
}

export function displayedBy(
  published: readonly JupyterMessage[],
): Readonly<Record<string, unknown>> | undefined {
  const ours = published
    .filter(message => message.header.msg_type === 'display_data')
    .map(message => message.content['data'] as Record<string, unknown>);
  return ours.find(data => PROFILE_MIME_TYPE in data);
}
