/** Stacks that grow node by node. */
import type { Frame, StackNode, ThreadState } from '../../../sampling/stacks.ts';
import { FrameIds } from './frame-ids.ts';

interface DraftNode {
  readonly parent: number;
  readonly frame: number;
  readonly selfMs: Record<ThreadState, number>;
  /** Parts of samples count too: a function that two lines called is in both. */
  samples: number;
}

export class StackBuilder {
  readonly #frames = new FrameIds();
  readonly #nodes: DraftNode[] = [draft(-1, -1)];
  readonly #ids = new Map<string, number>();

  /** @returns the node of a frame below another node; 0 is the root. */
  child(parent: number, frame: Frame): number {
    const frameId = this.#frames.idOf(frame);
    const key = `${parent}:${frameId}`;
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.#nodes.push(draft(parent, frameId)) - 1;
      this.#ids.set(key, id);
    }
    return id;
  }

  addTime(at: number, state: ThreadState, us: number): void {
    (this.#nodes[at] as DraftNode).selfMs[state] += us / 1000;
  }

  addSamples(at: number, samples: number): void {
    (this.#nodes[at] as DraftNode).samples += samples;
  }

  get frames(): readonly Frame[] {
    return this.#frames.frames;
  }

  nodes(): StackNode[] {
    return this.#nodes.map(node => ({
      ...node,
      samples: Math.round(node.samples),
      rssGrowthBytes: 0,
    }));
  }
}

function draft(parent: number, frame: number): DraftNode {
  return {
    parent,
    frame,
    selfMs: { cpu: 0, disk: 0, network: 0, lock: 0, sleep: 0, wait: 0, other: 0 },
    samples: 0,
  };
}
