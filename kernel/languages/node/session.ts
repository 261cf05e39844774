/** A running tslab with our part inside. */
import type { Sampling } from '../../../src/profile/index.ts';
import { bytes, monotonicNs, ms } from '../../../src/profile/units.ts';
import type {
  CellDetail,
  CellMarks,
  CellRequest,
  KernelInfo,
  LanguageSession,
  RequestEdit,
} from '../adapter.ts';
import { attribute } from '../attribution/index.ts';
import { MagicLine } from '../magic-line.ts';
import type { MailboxReader } from './mailbox.ts';
import { resolverOf } from './resolver.ts';
import type {
  AllocationRecord,
  HelloRecord,
  MarksRecord,
  StacksRecord,
  VariableRecord,
} from './told.ts';

/** V8 samples a little slower than it is asked to, and takes some 20 microseconds for each sample. */
const DEFAULT_RATE_HZ = 600;
/** Texts of cells kept, to show lines of functions that were defined in earlier ones. */
const REMEMBERED_CELLS = 1000;
const TOLD_FUNCTIONS = 5;

export interface NodeSessionParts {
  readonly info: KernelInfo;
  readonly hello: HelloRecord;
  readonly marks: MailboxReader;
  readonly stacks: MailboxReader;
}

export class NodeSession implements LanguageSession {
  readonly languageVersion: string;
  readonly notes: readonly string[];
  readonly resetsPeak = false;
  readonly #magic = new MagicLine('//');
  readonly #cells = new Map<number, string>();
  readonly #resolver = resolverOf(executionCount => this.#cells.get(executionCount));

  constructor(private readonly parts: NodeSessionParts) {
    const { hello, info } = parts;
    const isTypeScript = info.language === 'typescript' && hello.typescriptVersion !== '';
    this.languageVersion = isTypeScript
      ? `${hello.typescriptVersion} (Node ${hello.nodeVersion})`
      : `Node ${hello.nodeVersion}`;
    this.notes = hello.problems;
  }

  prepare(request: CellRequest): RequestEdit {
    const code = this.#magic.commented(request);
    const { profile } = request;
    return {
      ...(code !== undefined && { code }),
      ...(profile && {
        metadata: {
          intervalUs: Math.round(1e6 / (profile.rateHz ?? DEFAULT_RATE_HZ)),
          stacks: profile.lines,
          allocations: profile.memory === 'trace',
        },
      }),
    };
  }

  restore(code: string): string {
    return this.#magic.original(code);
  }

  /** tslab's own process samples itself: nothing to read from outside. */
  stackTarget(): undefined {
    return undefined;
  }

  published(): void {
    // Our part inside tslab tells through its mailboxes.
  }

  marks(msgId: string): CellMarks | undefined {
    const record = this.#marks(msgId);
    return (
      record && {
        startNs: monotonicNs(BigInt(record.startNs)),
        endNs: monotonicNs(BigInt(record.endNs)),
        cpuUserMs: ms(record.cpuUserMs),
        cpuSystemMs: ms(record.cpuSystemMs),
        ...(record.runQueueMs !== undefined && { runQueueMs: ms(record.runQueueMs) }),
        startRssBytes: record.startRssBytes,
        endRssBytes: record.endRssBytes,
        ...(record.io && { io: record.io }),
      }
    );
  }

  /** What the profiler has told of a running cell so far; its variables are looked at when it has ended. */
  look(request: CellRequest, executionCount: number | null): CellDetail {
    return this.finish(request, executionCount);
  }

  finish(request: CellRequest, executionCount: number | null): CellDetail {
    if (executionCount !== null) this.#remember(executionCount, request.code);
    const stacks = this.#stacks(request);
    const seen = stacks && attribute(stacks.stacks, this.#resolver);
    return {
      offCpuMs: seen?.offCpuMs ?? null,
      lines: seen?.lines ?? [],
      ...(seen?.hotLines && { hotLines: seen.hotLines }),
      functions: seen?.functions ?? [],
      variables: (this.#marks(request.msgId)?.variables ?? []).map(toVariable),
      files: seen?.files ?? [],
      sampling: this.#sampling(request, stacks),
    };
  }

  #sampling(request: CellRequest, record: StacksRecord | undefined): Sampling {
    const note = [
      ...this.notes,
      ...(record?.stacks.notes ?? []),
      ...(record && !record.done ? ['The last moments of the cell are missing.'] : []),
      ...allocationNotes(record?.allocations ?? []),
      ...(request.profile?.lines === true && !record ? ["V8's profiler told nothing."] : []),
    ].join(' ');
    const { samples = 0, dropped = 0, intervalMs = ms(0) } = record?.stacks ?? {};
    return {
      method: record ? 'v8' : 'none',
      intervalMs,
      samples,
      dropped,
      ...(note !== '' && { note }),
    };
  }

  #marks(msgId: string): MarksRecord | undefined {
    const text = this.parts.marks.find(msgId);
    return text === undefined ? undefined : (JSON.parse(text) as MarksRecord);
  }

  #stacks(request: CellRequest): StacksRecord | undefined {
    if (request.profile?.lines !== true) return undefined;
    const text = this.parts.stacks.find(request.msgId);
    return text === undefined ? undefined : (JSON.parse(text) as StacksRecord);
  }

  #remember(executionCount: number, code: string): void {
    this.#cells.set(executionCount, code);
    const oldest = this.#cells.keys().next();
    if (this.#cells.size > REMEMBERED_CELLS && !oldest.done) this.#cells.delete(oldest.value);
  }
}

/** V8 tells allocations by function, not by line, and the profile's lines must not claim more. */
function allocationNotes(records: readonly AllocationRecord[]): string[] {
  if (records.length === 0) return [];
  const told = records
    .slice(0, TOLD_FUNCTIONS)
    .map(record => `${record.function} ${(record.bytes / 1e6).toFixed(1)} MB`);
  return [`Allocated, by function, as V8 sampled it: ${told.join(', ')}.`];
}

function toVariable({ sizeBytes, ...record }: VariableRecord) {
  return { ...record, sizeBytes: bytes(sizeBytes) };
}
