/**
 * What the code that waits in `await` stands at, while the event loop sleeps.
 *
 * A suspended coroutine is on no thread's stack. But all tasks hang in a set (`asyncio.tasks._all_tasks` or
 * `_scheduled_tasks`), each task holds its coroutine, and each suspended coroutine holds what it awaits on top of its
 * value stack. Following these gives a stack for each task, as if its coroutines were calls. The task that runs the
 * cell waits for the other tasks of the user's, so theirs are told below it, and share its time evenly:
 * `await gather(a(), b())` is one line, and the lines inside `a` and `b` that wait are under it.
 */
import type { CodeObject, CodeObjects } from './code-objects.ts';
import { FIRST_FIELD, type Layout, OBJECT_TYPE } from './layouts/layout.ts';
import { isAddress, type ProcessMemory, Snapshot } from './memory.ts';
import type { StackReader } from './stack-reader.ts';
import type { FrameTable } from './stack-tree.ts';
import type { AsyncioTarget, PythonTarget } from './target.ts';

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

/** `PySetObject`: used, mask, table; the table's entries are a key and its hash. Unchanged since 3.11, LP64. */
const SET_USED = 24;
const SET_MASK = 32;
const SET_TABLE = 40;
const SET_ENTRY = 16;
const MOST_SLOTS = 1024;
const MOST_TASKS = 64;
const MOST_LINKS = 64;
/** A task keeps its coroutine somewhere in here. */
const TASK_BYTES = 512;
/** A coroutine with its frame and a small value stack; a larger one takes another read. */
const COROUTINE_BYTES = 512;

/** The loop itself, or what asks the system for it. */
const LOOP_FILES = /(?:^|\/)(?:asyncio\/base_events|selectors)\.py$/;
const SLEEP_FILE = /(?:^|\/)asyncio\/tasks\.py$/;

export class AwaitReader {
  private readonly set = new Snapshot(SET_TABLE + 8);
  private readonly table = new Snapshot(MOST_SLOTS * SET_ENTRY);
  private readonly small = new Snapshot(24);
  private readonly task = new Snapshot(TASK_BYTES);
  private readonly coroutine = new Snapshot(COROUTINE_BYTES);
  private coroutineOffset = -1;

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
    const chains = this.tasks()
      .map(task => this.chain(task, nowMs))
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

  private tasks(): number[] {
    const { tasks } = this.target;
    if (!this.set.take(this.memory, tasks, this.set.capacity)) return [];
    const slots = this.set.word(tasks + SET_MASK) + 1;
    const table = this.set.word(tasks + SET_TABLE);
    if (this.set.word(tasks + SET_USED) === 0 || slots > MOST_SLOTS || !isAddress(table)) return [];
    if (!this.table.take(this.memory, table, slots * SET_ENTRY)) return [];
    const found: number[] = [];
    for (let slot = 0; slot < slots && found.length < MOST_TASKS; slot++) {
      const reference = this.table.word(table + slot * SET_ENTRY);
      if (!isAddress(reference)) continue;
      if (!this.small.take(this.memory, reference, 24)) continue;
      const task = this.small.word(reference + FIRST_FIELD);
      if (isAddress(task)) found.push(task);
    }
    return found;
  }

  /** The coroutines that a task runs, outermost first. */
  private chain(task: number, nowMs: number): Chain {
    const codes: CodeObject[] = [];
    const frames: number[] = [];
    let at = this.coroutineOf(task);
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

  private coroutineOf(task: number): number {
    this.learnOffset();
    if (this.coroutineOffset < 0) return 0;
    const at = task + this.coroutineOffset;
    return this.small.take(this.memory, at, 8) ? this.small.word(at) : 0;
  }

  /** No header tells a task's fields: find the one that holds the coroutine which the agent named. */
  private learnOffset(): void {
    if (this.coroutineOffset >= 0) return;
    const { sampleTask, sampleCoroutine } = this.target;
    this.task.take(this.memory, sampleTask, TASK_BYTES);
    for (let offset = FIRST_FIELD; offset + 8 <= this.task.length; offset += 8) {
      if (this.task.word(sampleTask + offset) !== sampleCoroutine) continue;
      this.coroutineOffset = offset;
      return;
    }
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
    // Not suspended: it has ended, but somebody still holds it.
    if (coroutine.byte(at + generator.state) < 128) return undefined;
    const codeAddress = coroutine.word(frame + fields.code);
    const code = this.codes.find(codeAddress - (codeAddress % 8), nowMs, false);
    if (!code) return undefined;
    const offset = coroutine.word(frame + fields.instruction) - code.bytecode;
    if (offset < -2 || offset > code.table.codeBytes) return undefined;
    return { code, offset, awaits: this.awaited(frame) };
  }

  /** What lies on top of a suspended frame's value stack. */
  private awaited(frame: number): number {
    const { stack, localsPlus } = this.layout.frame;
    const top =
      stack.kind === 'index'
        ? frame + localsPlus + (this.coroutine.int32(frame + stack.offset) - 1) * 8
        : this.coroutine.word(frame + stack.offset) - 8;
    if (top < frame + localsPlus) return 0;
    if (this.coroutine.holds(top, 8)) return untagged(this.coroutine.word(top));
    return this.small.take(this.memory, top, 8) ? untagged(this.small.word(top)) : 0;
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
