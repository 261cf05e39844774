/** Cells without our magic: message for message what the bare kernel sends, nothing more, nothing less. */
import { describe, expect, it } from 'vitest';
import { createEnvironment, type KernelName } from './harness/environment.ts';
import { normalise } from './harness/normalise.ts';
import { runProgram } from './harness/python.ts';
import { UNPROFILED_CELLS } from './unprofiled-cells.ts';

interface Recorded {
  readonly channel: string;
  readonly type: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly cell: number | 'none' | 'foreign';
}

async function record(kernel: KernelName): Promise<readonly Recorded[]> {
  const jupyter = createEnvironment();
  try {
    const cells = UNPROFILED_CELLS;
    const messages = await runProgram<Recorded[]>(jupyter, 'record_messages.py', { kernel, cells });
    // `started` is when the cell began.
    return normalise(withJoinedStreams(messages), ['started']);
  } finally {
    jupyter.remove();
  }
}

/** ipykernel publishes what was printed every 0.2 s, so where one chunk ends is an accident: join neighbours. */
function withJoinedStreams(messages: readonly Recorded[]): readonly Recorded[] {
  const joined: Recorded[] = [];
  for (const message of messages) {
    const last = joined.at(-1);
    const continues =
      last?.type === 'stream' &&
      message.type === 'stream' &&
      last.content['name'] === message.content['name'] &&
      last.cell === message.cell;
    if (!continues) joined.push(message);
    else
      joined[joined.length - 1] = {
        ...last,
        content: {
          ...last.content,
          text: `${String(last.content['text'])}${String(message.content['text'])}`,
        },
      };
  }
  return joined;
}

describe('a session of unprofiled cells', () => {
  it('sends the same messages bare and wrapped, in the same order', async () => {
    const bare = await record('bare');
    const wrapped = await record('wrapped');
    expect(bare.length).toBeGreaterThan(4 * UNPROFILED_CELLS.length);
    for (const index of UNPROFILED_CELLS.keys()) {
      const of = (messages: readonly Recorded[]) => messages.filter(({ cell }) => cell === index);
      expect.soft(of(wrapped), UNPROFILED_CELLS[index]).toEqual(of(bare));
    }
    expect(wrapped).toEqual(bare);
  });
});
