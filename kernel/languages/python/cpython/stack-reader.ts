/**
 * Reads one thread's Python stack while the thread runs on.
 *
 * Nothing stops the thread, so what is read must be made consistent. CPython keeps the frames of ordinary calls side by
 * side in a chunk of memory (`datastack_chunk`); one read copies the chunk within about a microsecond, and the stack is
 * rebuilt from that copy. The thread state, read a little earlier, names the current frame; calls made and returned
 * since are recognised in the copy itself (`settle`), so that time is not shifted between callers and callees.
 */
import type { CodeObject, CodeObjects } from './code-objects.ts';
import { CHUNK_PREVIOUS, CHUNK_SIZE, type Layout } from './layouts/layout.ts';
import { isAddress, type ProcessMemory, Snapshot } from './memory.ts';

export type StackOutcome = 'read' | 'torn' | 'empty';

/** `FRAME_OWNED_BY_CSTACK` and later owners: entries from C, no code of the user's. */
const OWNED_BY_C = 3;
const DEEPEST = 20_000;
const LARGEST_CHUNK = 65_536;
const FIRST_CHUNK = 16_384;
/** Frames pushed after the thread state was read lie behind the top that it told. */
const BEHIND_TOP = 1024;
const STALE_STEPS = 64;
/** A frame outside of the chunk is read each time while it changes, and less often once it has not for a while. */
const STEADY_AFTER_MS = 20;
const STEADY_FOR_MS = 5;
const MOST_OUTSIDERS = 512;

/** What tells whether a frame executes. */
interface Looked {
  readonly code: number;
  readonly previous: number;
  readonly owner: number;
  readonly stackTop: number;
  /** Called from C, where that is told by a flag and not by a frame in between. */
  readonly entry: boolean;
}

interface Outsider extends Looked {
  readonly instruction: number;
  /** Unchanged since. */
  readonly sinceMs: number;
  readonly readMs: number;
}

export class StackReader {
  /** The stack last read, innermost first: code objects and offsets of the present instruction. */
  readonly codes: CodeObject[] = [];
  readonly offsets: number[] = [];

  private readonly state: Snapshot;
  private readonly cframe = new Snapshot(16);
  private readonly outside: Snapshot;
  private readonly chunks: Snapshot[] = [];
  private usedChunks = 0;
  private readonly outsiders = new Map<number, Outsider>();
  private readonly frameBytes: number;
  private readonly ownedByC: number;

  constructor(
    private readonly memory: ProcessMemory,
    private readonly layout: Layout,
    private readonly codeObjects: CodeObjects,
    readonly threadState: number,
  ) {
    const { thread, frame } = layout;
    this.state = new Snapshot(
      Math.max(thread.frame, thread.nativeId, thread.interpreter, thread.dataStackChunk + 8) + 8,
    );
    this.frameBytes = frame.localsPlus;
    // Where a flag marks the entries there are no frames for them, and the owner's other values mean other things.
    this.ownedByC = frame.entry === undefined ? OWNED_BY_C : Infinity;
    this.outside = new Snapshot(frame.localsPlus);
  }

  /** @returns the native thread id now in the thread state; 0 when it cannot be read. */
  readThreadId(): number {
    if (!this.state.take(this.memory, this.threadState, this.state.capacity)) return 0;
    return this.state.word(this.threadState + this.layout.thread.nativeId);
  }

  /** `torn`: the stack changed in a way that left no consistent copy; another try may succeed. */
  read(nowMs: number): StackOutcome {
    this.codes.length = 0;
    this.offsets.length = 0;
    this.usedChunks = 0;
    if (!this.state.take(this.memory, this.threadState, this.state.capacity)) return 'torn';
    const current = this.currentFrame();
    if (current === 0) return 'empty';
    if (!isAddress(current)) return 'torn';
    this.takeTopChunk();
    const isCounted = this.layout.frame.stack.kind === 'index';
    const top = isCounted ? this.settle(current, nowMs) : this.settleUncounted(current, nowMs);
    return top === 0 ? 'torn' : this.walk(top, nowMs);
  }

  private currentFrame(): number {
    const { thread } = this.layout;
    const pointer = this.state.word(this.threadState + thread.frame);
    if (thread.cframe === undefined) return pointer;
    if (!this.cframe.take(this.memory, pointer, this.cframe.capacity)) return -1;
    return this.cframe.word(pointer + thread.cframe);
  }

  private takeTopChunk(): void {
    const at = this.threadState + this.layout.thread.dataStackChunk;
    const chunk = this.state.word(at);
    const top = this.state.word(at + 8);
    if (!isAddress(chunk)) return;
    const used =
      top > chunk && top - chunk < LARGEST_CHUNK ? top - chunk + BEHIND_TOP : FIRST_CHUNK;
    this.takeChunk(chunk, used);
  }

  private takeChunk(address: number, length: number): Snapshot | undefined {
    const snapshot = (this.chunks[this.usedChunks] ??= new Snapshot(LARGEST_CHUNK));
    snapshot.take(this.memory, address, length);
    if (snapshot.length < CHUNK_SIZE + 8) return undefined;
    this.usedChunks++;
    return snapshot;
  }

  /** The copied chunk that holds a frame; chunks below the top one are copied when the stack leads there. */
  private chunkOf(frame: number): Snapshot | undefined {
    for (let index = this.usedChunks - 1; index >= 0; index--) {
      const chunk = this.chunks[index] as Snapshot;
      if (chunk.holds(frame, this.frameBytes)) return chunk;
    }
    const lowest = this.chunks[this.usedChunks - 1];
    if (this.usedChunks === 0 || !lowest) return undefined;
    const previous = lowest.word(lowest.start + CHUNK_PREVIOUS);
    if (frame <= previous || frame - previous >= LARGEST_CHUNK) return undefined;
    const chunk = this.takeChunk(previous, FIRST_CHUNK);
    if (!chunk) return undefined;
    const size = chunk.word(previous + CHUNK_SIZE);
    if (size > FIRST_CHUNK && !chunk.holds(frame, this.frameBytes)) {
      chunk.take(this.memory, previous, Math.min(size, LARGEST_CHUNK));
    }
    return chunk.holds(frame, this.frameBytes) ? chunk : undefined;
  }

  /**
   * The frame that executed when the chunk was copied, as far as the copy can tell.
   *
   * Where frames keep an index of their value stack, it is -1 exactly in frames that execute (or wait for a call into
   * C); calling Python code, returning and yielding all store it. So a frame with an index has called another, whose
   * `previous` it then is, or has returned to its own `previous`. Beyond an entry from C the copy cannot tell, and the
   * thread state's word stands. Without this, code that calls and returns faster than we read would see its time move
   * from what it calls to the line of the call.
   */
  private settle(current: number, nowMs: number): number {
    const top = this.chunks[0];
    if (this.usedChunks === 0 || !top) return current;
    const found = this.look(current, nowMs);
    if (!found) return 0;
    if (found.owner >= this.ownedByC || found.stackTop < 0) return current;
    let { previous, entry } = found;
    if (previous === 0) return 0;
    let callee = this.calleeOf(top, current);
    for (let step = 0; callee === 0 && step < STALE_STEPS; step++) {
      if (entry || previous === 0) return current;
      const ancestor = this.look(previous, nowMs);
      if (!ancestor) return 0;
      if (ancestor.owner >= this.ownedByC) return current;
      if (ancestor.stackTop < 0) return previous;
      callee = this.calleeOf(top, previous);
      ({ previous, entry } = ancestor);
    }
    return callee === 0 ? current : callee;
  }

  /**
   * As `settle`, for 3.14 and later. There a frame that has returned names no code any more (`clear_thread_frame`), but
   * still its caller; and what a frame calls begins where the stack ended when it executed.
   */
  private settleUncounted(current: number, nowMs: number): number {
    const { frame: fields, thread } = this.layout;
    const chunk = this.chunks[0];
    if (this.usedChunks === 0 || !chunk) return current;
    let frame = current;
    let end = this.state.word(this.threadState + thread.dataStackChunk + 8);
    for (let step = 0; step < STALE_STEPS; step++) {
      const found = this.look(frame, nowMs);
      if (!found) return 0;
      const isEntry = found.owner >= this.ownedByC;
      if (!isEntry && isReference(found.code)) break;
      if (!isAddress(found.previous)) return 0;
      if (!isEntry) end = frame;
      frame = found.previous;
    }
    for (let step = 0; step < STALE_STEPS && chunk.holds(end, this.frameBytes); step++) {
      const code = chunk.word(end + fields.code);
      if (!isReference(code)) break;
      if (!this.isCaller(frame, chunk.word(end + fields.previous), nowMs)) break;
      // A call of a generator function makes a generator, and leaves a frame behind that still names its code.
      if (this.codeObjects.find(untagged(code), nowMs, false)?.makesGenerator !== false) break;
      frame = end;
      end = this.nextFrame(chunk, frame);
    }
    return frame;
  }

  /** Whether `frame` made a call whose frame names `previous`: itself, or an entry from C that names it. */
  private isCaller(frame: number, previous: number, nowMs: number): boolean {
    if (previous === frame) return true;
    if (!isAddress(previous) || this.chunkOf(previous)) return false;
    const entry = this.outsider(previous, nowMs, true);
    return entry !== undefined && entry.owner >= this.ownedByC && entry.previous === frame;
  }

  /** Where the frame that `caller` called begins, the only one that can name it; 0 when there is none. */
  private nextFrame(chunk: Snapshot, caller: number): number {
    const { previous } = this.layout.frame;
    const last = chunk.start + chunk.length - this.frameBytes;
    for (let frame = caller + this.frameBytes; frame <= last; frame += 8) {
      if (chunk.word(frame + previous) === caller) return frame;
    }
    return 0;
  }

  private look(frame: number, nowMs: number): Looked | undefined {
    const { frame: at } = this.layout;
    const chunk = this.chunkOf(frame);
    if (!chunk) return this.outsider(frame, nowMs, true);
    return {
      code: chunk.word(frame + at.code),
      previous: chunk.word(frame + at.previous),
      owner: chunk.byte(frame + at.owner),
      stackTop: chunk.int32(frame + at.stack.offset),
      entry: at.entry !== undefined && chunk.byte(frame + at.entry) !== 0,
    };
  }

  /** An executing frame in the chunk that was called by `caller`; 0 when there is none. */
  private calleeOf(chunk: Snapshot, caller: number): number {
    const { previous, stack } = this.layout.frame;
    const begin = chunk.holds(caller, 8) ? caller + this.frameBytes : chunk.start + CHUNK_SIZE + 16;
    const end = chunk.start + chunk.length - this.frameBytes;
    for (let frame = begin; frame <= end; frame += 8) {
      if (chunk.word(frame + previous) === caller && chunk.int32(frame + stack.offset) === -1) {
        return frame;
      }
    }
    return 0;
  }

  private walk(top: number, nowMs: number): StackOutcome {
    const { frame: at } = this.layout;
    let frame = top;
    for (let depth = 0; frame !== 0; depth++) {
      if (depth > DEEPEST || !isAddress(frame)) return 'torn';
      const chunk = this.chunkOf(frame);
      let code: number;
      let previous: number;
      let instruction: number;
      let owner: number;
      if (chunk) {
        code = chunk.word(frame + at.code);
        previous = chunk.word(frame + at.previous);
        instruction = chunk.word(frame + at.instruction);
        owner = chunk.byte(frame + at.owner);
      } else {
        const outsider = this.outsider(frame, nowMs, this.codes.length === 0);
        if (!outsider) return 'torn';
        ({ code, previous, instruction, owner } = outsider);
      }
      if (owner < this.ownedByC) {
        const object = this.codeObjects.find(untagged(code), nowMs, this.codes.length === 0);
        if (!object) return 'torn';
        const offset = instruction - object.bytecode;
        if (offset < -2 || offset > object.table.codeBytes) return 'torn';
        this.codes.push(object);
        this.offsets.push(offset);
      }
      if (previous === frame) return 'torn';
      frame = previous;
    }
    return this.codes.length > 0 ? 'read' : 'empty';
  }

  /** A frame that is not in a chunk: a generator's or coroutine's, or an entry from C. */
  private outsider(frame: number, nowMs: number, always: boolean): Outsider | undefined {
    const known = this.outsiders.get(frame);
    if (known && !always) {
      if (nowMs === known.readMs) return known;
      const steady = nowMs - known.sinceMs > STEADY_AFTER_MS;
      if (steady && nowMs - known.readMs < STEADY_FOR_MS) return known;
    }
    if (!this.outside.take(this.memory, frame, this.outside.capacity)) return undefined;
    const { frame: at } = this.layout;
    const code = this.outside.word(frame + at.code);
    const told = this.outside.word(frame + at.previous);
    // A generator that has just been suspended names no caller: it had the same one a moment ago.
    const previous = told === 0 && known?.code === code ? known.previous : told;
    const instruction = this.outside.word(frame + at.instruction);
    const same =
      known?.code === code && known.previous === previous && known.instruction === instruction;
    if (this.outsiders.size > MOST_OUTSIDERS) this.outsiders.clear();
    const fresh: Outsider = {
      code,
      previous,
      instruction,
      owner: this.outside.byte(frame + at.owner),
      stackTop: at.stack.kind === 'index' ? this.outside.int32(frame + at.stack.offset) : -1,
      entry: at.entry !== undefined && this.outside.byte(frame + at.entry) !== 0,
      sinceMs: same ? known.sinceMs : nowMs,
      readMs: nowMs,
    };
    this.outsiders.set(frame, fresh);
    return fresh;
  }
}

/** Since 3.14 the lowest bits of a reference tell how it is held. */
const untagged = (word: number): number => word - (word % 8);
const isReference = (word: number): boolean => isAddress(untagged(word));
