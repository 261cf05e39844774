/**
 * All asyncio tasks of a thread, and the coroutine that each runs.
 *
 * Up to 3.13 every task is in one `WeakSet` of `asyncio.tasks`. Since 3.14 that set has only tasks of other makers;
 * those of `_asyncio` are linked into a list that begins in the thread's state, or, where their thread has ended, in the
 * interpreter's. The module tells the offsets, as `_PyRuntime` does: `Py_AsyncioModuleDebugOffsets` in
 * `Modules/_asynciomodule.c`, in a section of its own of the file that holds it.
 */
import { FIRST_FIELD, type Layout } from './layouts/layout.ts';
import { elfOf, mappedFiles } from './mapped-files.ts';
import { isAddress, type ProcessMemory, Snapshot } from './memory.ts';
import type { AsyncioTarget } from './target.ts';

/** `PySetObject`: used, mask, table; the table's entries are a key and its hash. Unchanged since 3.11, LP64. */
const SET_USED = 24;
const SET_MASK = 32;
const SET_TABLE = 40;
const SET_ENTRY = 16;
const MOST_SLOTS = 1024;
const MOST_TASKS = 64;
/** A task keeps its coroutine somewhere in here. */
const TASK_BYTES = 512;

const DEBUG_SECTION = '.AsyncioDebug';
const MODULE = /\/_asyncio\.[^/]*\.so$/;
/** Fields of `Py_AsyncioModuleDebugOffsets`, 64-bit integers: the same in 3.14.10 and 3.15.2. */
const TASK_COROUTINE = 5;
const TASK_NODE = 6;
const INTERPRETER_HEAD = 8;
const THREAD_HEAD = 12;
const DEBUG_BYTES = 13 * 8;
const FARTHEST = 2 ** 20;

interface ToldOffsets {
  readonly coroutine: number;
  readonly node: number;
  readonly interpreterHead: number;
  readonly threadHead: number;
}

export class TaskList {
  private readonly set = new Snapshot(SET_TABLE + 8);
  private readonly table = new Snapshot(MOST_SLOTS * SET_ENTRY);
  private readonly small = new Snapshot(24);
  private readonly task = new Snapshot(TASK_BYTES);
  private readonly told: ToldOffsets | undefined;
  private coroutineOffset: number;

  constructor(
    private readonly memory: ProcessMemory,
    private readonly layout: Layout,
    private readonly target: AsyncioTarget,
    private readonly threadState: number,
  ) {
    this.told = layout.tasksAreLinked ? readOffsets(memory) : undefined;
    this.coroutineOffset = this.told?.coroutine ?? -1;
  }

  /** Addresses of tasks that have not ended. */
  read(): number[] {
    const found = this.inSet();
    if (!this.told) return found;
    const interpreter = this.word(this.threadState + this.layout.thread.interpreter);
    this.addLinked(this.threadState + this.told.threadHead, this.told.node, found);
    if (isAddress(interpreter)) {
      this.addLinked(interpreter + this.told.interpreterHead, this.told.node, found);
    }
    return found;
  }

  /** @returns 0 when it is not known. */
  coroutineOf(task: number): number {
    this.learnOffset();
    return this.coroutineOffset < 0 ? 0 : this.word(task + this.coroutineOffset);
  }

  /** `struct llist_node`: next and previous, in a circle through its head. */
  private addLinked(head: number, nodeOffset: number, found: number[]): void {
    let node = this.word(head);
    while (node !== head && isAddress(node) && found.length < MOST_TASKS) {
      found.push(node - nodeOffset);
      node = this.word(node);
    }
  }

  private inSet(): number[] {
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
      const task = this.word(reference + FIRST_FIELD);
      if (isAddress(task)) found.push(task);
    }
    return found;
  }

  /** Where nothing tells a task's fields: find the one that holds the coroutine which the agent named. */
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

  private word(address: number): number {
    return this.small.take(this.memory, address, 8) ? this.small.word(address) : 0;
  }
}

/** `_asyncio` is a library of its own, or built into the program or `libpython`. */
function readOffsets(memory: ProcessMemory): ToldOffsets | undefined {
  for (const { path, base, isPython } of mappedFiles(memory.pid)) {
    if (!isPython && !MODULE.test(path)) continue;
    const elf = elfOf(path);
    const section = elf?.sections.get(DEBUG_SECTION);
    if (!elf || section === undefined) continue;
    const bytes = Buffer.alloc(DEBUG_BYTES);
    if (memory.readInto(bytes, (elf.isFixed ? 0 : base) + section, DEBUG_BYTES) < DEBUG_BYTES) {
      continue;
    }
    const at = (field: number): number => Number(bytes.readBigUInt64LE(field * 8));
    const told = {
      coroutine: at(TASK_COROUTINE),
      node: at(TASK_NODE),
      interpreterHead: at(INTERPRETER_HEAD),
      threadHead: at(THREAD_HEAD),
    };
    const isPlausible = Object.values(told).every(
      offset => offset > 0 && offset < FARTHEST && offset % 8 === 0,
    );
    return isPlausible ? told : undefined;
  }
  return undefined;
}
