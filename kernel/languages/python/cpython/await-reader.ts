/**
 * What the code that waits in `await` stands at, while the event loop sleeps.
 *
 * A suspended coroutine is on no thread's stack. But all tasks are listed somewhere (`task-list.ts`), each task holds its
 * coroutine, and each suspended coroutine holds what it awaits on top of its value stack. Following these gives a stack for each task, as if its coroutines were calls. The task that runs the
 * cell waits for the other tasks of the user's, so theirs are told below it, and share its time evenly:
 * `await gather(a(), b())` is one line, and the lines inside `a` and `b` that wait are under it.
 */
import type { CodeObject, CodeObjects } from './code-objects.ts';
import { FIRST_FIELD, type Layout, OBJECT_TYPE } from './layouts/layout.ts';
import { isAddress, type ProcessMemory, Snapshot } from './memory.ts';
import type { StackReader } from './stack-reader.ts';
import type { FrameTable } from './stack-tree.ts';
import type { AsyncioTarget, PythonTarget } from './target.ts';
import { TaskList } from './task-list.ts';

export interface AwaitedStack {
  /** Outermost first. */
  readonly frames: readonly number[];
  /** It waits in `asyncio.sleep`. */
  readonly sleeps: boolean;
}

interface Chain {
  readonly codes: readonly CodeObject[];
  readonly frames: readonly number[];
}

const MOST_LINKS = 64;
/** A coroutine with its frame and a small value stack; a larger one takes another read. */
const COROUTINE_BYTES = 512;

/** The loop itself, or what asks the system for it. */
const LOOP_FILES = /(?:^|\/)(?:asyncio\/base_events|selectors)\.py$/;
const SLEEP_FILE = /(?:^|\/)asyncio\/tasks\.py$/;

export class AwaitReader {
  private readonly small = new Snapshot(24);
  private readonly coroutine = new Snapshot(COROUTINE_BYTES);
  private tasks: TaskList | undefined;

  constructor(
    private readonly memory: ProcessMemory,
    private readonly layout: Layout,
    private readonly codes: CodeObjects,
    private readonly frames: FrameTable,
    private readonly target: AsyncioTarget,
    private readonly code: PythonTarget['code'],
  ) {}

  /** @returns undefined when the thread is not in its event loop, or no code of the user's waits. */
  read(nowMs: number, stack: StackReader): readonly AwaitedStack[] | undefined {
    const innermost = stack.codes[0];
    if (!innermost || !LOOP_FILES.test(innermost.file)) return undefined;
    if (stack.codes.some(code => this.isUsers(code))) return undefined;
    this.tasks ??= new TaskList(this.memory, this.layout, this.target, stack.threadState);
    const { tasks } = this;
    const chains = tasks
      .read()
      .map(task => this.chain(tasks.coroutineOf(task), nowMs))
      .filter(chain => chain.codes.some(code => this.isUsers(code)));
    // The task of the kernel's that runs the cell begins in library code; the user's tasks begin in the user's.
    const cell = chains.find(
      ({ codes }) => !this.isUsers(codes[0]) && codes.some(code => this.isCells(code)),
    );
    if (!cell) return undefined;
    const others = chains.filter(chain => chain !== cell);
    if (others.length === 0) return [{ frames: cell.frames, sleeps: sleeps(cell) }];
    return others.map(chain => ({
      frames: [...cell.frames, ...chain.frames],
      sleeps: sleeps(chain),
    }));
  }

  /** The coroutines that a task runs, outermost first, beginning with its own. */
  private chain(coroutine: number, nowMs: number): Chain {
    const codes: CodeObject[] = [];
    const frames: number[] = [];
    let at = coroutine;
    for (let link = 0; isAddress(at) && link < MOST_LINKS; link++) {
      const step = this.step(at, nowMs);
      if (!step) break;
      if (step.code) {
        codes.push(step.code);
        frames.push(this.frames.number(step.code, step.offset));
      }
      at = step.awaits;
    }
    return { codes, frames };
  }

  /** One coroutine (or a wrapper around one) and what it awaits; undefined at the end of the chain. */
  private step(
    at: number,
    nowMs: number,
  ): { code?: CodeObject; offset: number; awaits: number } | undefined {
    const { coroutine } = this;
    coroutine.take(this.memory, at, COROUTINE_BYTES);
    const { generator, frame: fields } = this.layout;
    const frame = at + generator.frame;
    if (!coroutine.holds(at, generator.frame + fields.localsPlus)) return undefined;
    const type = coroutine.word(at + OBJECT_TYPE);
    const { coroutineType, generatorType, asyncGeneratorType } = this.target;
    if (type !== coroutineType && type !== generatorType && type !== asyncGeneratorType) {
      // `coroutine.__await__()`, `asend()` and their like hold what they wrap in their first field.
      const wrapped = coroutine.word(at + FIRST_FIELD);
      return this.isCoroutine(wrapped) ? { offset: 0, awaits: wrapped } : undefined;
    }
    // It has ended, but somebody still holds it; or it executes.
    const state = coroutine.bytes.readInt8(generator.state);
    if (state < generator.suspended.created || state > generator.suspended.last) return undefined;
    const codeAddress = coroutine.word(frame + fields.code);
    const code = this.codes.find(codeAddress - (codeAddress % 8), nowMs, false);
    if (!code) return undefined;
    const offset = coroutine.word(frame + fields.instruction) - code.bytecode;
    if (offset < -2 || offset > code.table.codeBytes) return undefined;
    const awaits = state === generator.suspended.created ? 0 : this.awaited(frame);
    return { code, offset, awaits };
  }

  /** What lies on top of a suspended frame's value stack. */
  private awaited(frame: number): number {
    const { stack, localsPlus } = this.layout.frame;
    const top =
      stack.kind === 'index'
        ? frame + localsPlus + (this.coroutine.int32(frame + stack.offset) - 1) * 8
        : this.coroutine.word(frame + stack.offset) - 8;
    // Since 3.15 a null lies above what is awaited: iterators that keep an index on the stack have it there.
    return this.stackEntry(frame + localsPlus, top) || this.stackEntry(frame + localsPlus, top - 8);
  }

  private stackEntry(bottom: number, at: number): number {
    if (at < bottom) return 0;
    if (this.coroutine.holds(at, 8)) return untagged(this.coroutine.word(at));
    return this.small.take(this.memory, at, 8) ? untagged(this.small.word(at)) : 0;
  }

  private isCoroutine(address: number): boolean {
    if (!isAddress(address) || address % 8 !== 0) return false;
    if (!this.small.take(this.memory, address, 16)) return false;
    const type = this.small.word(address + OBJECT_TYPE);
    const { coroutineType, generatorType, asyncGeneratorType } = this.target;
    return type === coroutineType || type === generatorType || type === asyncGeneratorType;
  }

  private isCells(code: CodeObject): boolean {
    return this.code.cellPrefixes.some(prefix => code.file.startsWith(prefix));
  }

  private isUsers(code: CodeObject | undefined): boolean {
    if (!code) return false;
    if (this.isCells(code)) return true;
    if (code.file.startsWith('<')) return false;
    return !this.code.libraryPrefixes.some(prefix => code.file.startsWith(prefix));
  }
}

function sleeps(chain: Chain): boolean {
  const innermost = chain.codes.at(-1);
  return innermost?.function === 'sleep' && SLEEP_FILE.test(innermost.file);
}

/** Since 3.14 the lowest bits of a reference on the stack tell how it is held. */
const untagged = (word: number): number => word - (word % 8);
