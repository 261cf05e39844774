/** All threads of a process that the interpreter knows, and where its lock is. */
import type { Layout } from './layouts/layout.ts';
import { isAddress, type ProcessMemory, Snapshot } from './memory.ts';

export interface ListedThread {
  /** Address of its `PyThreadState`. */
  readonly state: number;
  readonly nativeId: number;
}

const MOST_INTERPRETERS = 16;
const MOST_THREADS = 512;

export class ThreadList {
  private readonly state: Snapshot;
  private readonly pointer = new Snapshot(8);

  constructor(
    private readonly memory: ProcessMemory,
    private readonly layout: Layout,
    private readonly runtime: number,
  ) {
    const { thread } = layout;
    this.state = new Snapshot(Math.max(thread.next, thread.nativeId, thread.interpreter) + 8);
  }

  /** @returns undefined when the list changed while it was read, or cannot be read. */
  read(): ListedThread[] | undefined {
    const threads: ListedThread[] = [];
    for (const interpreter of this.interpreters()) {
      const head = this.word(interpreter + this.layout.interpreter.threadsHead);
      if (!this.readThreads(interpreter, head, threads)) return undefined;
    }
    return threads;
  }

  /** @returns 0 when it cannot be read. */
  gil(): number {
    const { within, offset } = this.layout.interpreter.gil;
    if (within === 'runtime') return this.runtime + offset;
    // New interpreters are put at the head: the main one is the last.
    const main = this.interpreters().at(-1);
    return main === undefined ? 0 : this.word(main + offset);
  }

  private interpreters(): number[] {
    const interpreters: number[] = [];
    let at = this.word(this.runtime + this.layout.runtime.interpretersHead);
    while (isAddress(at) && interpreters.length < MOST_INTERPRETERS) {
      interpreters.push(at);
      at = this.word(at + this.layout.interpreter.next);
    }
    return interpreters;
  }

  private readThreads(interpreter: number, head: number, threads: ListedThread[]): boolean {
    const { thread } = this.layout;
    let state = head;
    while (state !== 0) {
      if (threads.length >= MOST_THREADS) return true;
      if (!this.state.take(this.memory, state, this.state.capacity)) return false;
      if (this.state.word(state + thread.interpreter) !== interpreter) return false;
      threads.push({ state, nativeId: this.state.word(state + thread.nativeId) });
      state = this.state.word(state + thread.next);
    }
    return true;
  }

  private word(address: number): number {
    return this.pointer.take(this.memory, address, 8) ? this.pointer.word(address) : 0;
  }
}
