/** A running IPython kernel with our agent in it. */
import type { StackResult, StackTarget } from '../../sampling/stacks.ts';
import type { JsonObject, JupyterMessage } from '../../wire/message.ts';
import type {
  CellDetail,
  CellMarks,
  CellRequest,
  CellStart,
  KernelInfo,
  LanguageSession,
  RequestEdit,
} from '../adapter.ts';
import { noDetail } from '../no-detail.ts';
import { CompiledCells, magicBody } from './compiled-cells.ts';
import type { Hello } from './hello.ts';
import type { MarksPage } from './marks-page.ts';
import { findKernel, whyNotFromOutside } from './method.ts';

export class PythonSession implements LanguageSession {
  readonly languageVersion: string;
  readonly kernelPid?: number;
  readonly resetsPeak = true;
  readonly notes: readonly string[];
  /** Why stacks are sampled inside the kernel; undefined: they are read from outside. */
  readonly #whyInside: string | undefined;
  readonly #cells = new CompiledCells();
  readonly #published = new Map<string, JsonObject>();

  constructor(
    private readonly page: MarksPage,
    private readonly hello: Hello,
    startedPid: number,
    info: KernelInfo,
  ) {
    this.languageVersion = info.languageVersion;
    const pid = findKernel(hello.pid, startedPid);
    if (pid !== undefined) this.kernelPid = pid;
    this.#whyInside = whyNotFromOutside(hello, pid);
    this.notes =
      this.#whyInside === undefined
        ? []
        : [`Stacks are sampled by a thread inside the kernel: ${this.#whyInside}.`];
  }

  prepare(request: CellRequest): RequestEdit {
    const { profile, skip, usageError } = request;
    if (!profile && request.magicLines === 0) return {};
    const inside = profile?.lines === true && this.#whyInside !== undefined;
    return {
      raisesUsageError: true,
      metadata: {
        ...(skip && { skip }),
        ...(usageError !== undefined && { usageError }),
        ...(profile && { profile: true, variables: true, memory: profile.memory }),
        ...(inside && { sampler: 'in-process' }),
        ...(inside && profile.rateHz !== undefined && { rateHz: profile.rateHz }),
      },
    };
  }

  /** The agent takes the magic out inside IPython, so the kernel echoes what was typed. */
  restore(code: string): string {
    return code;
  }

  stackTarget(request: CellRequest): StackTarget | undefined {
    const pid = this.#whyInside === undefined ? this.kernelPid : undefined;
    if (request.profile?.lines !== true || pid === undefined) return undefined;
    return { sampler: 'cpython', pid, details: this.hello.target };
  }

  published(msgId: string, message: JupyterMessage): void {
    if (message.header.msg_type === 'pyperf_cell') this.#published.set(msgId, message.content);
  }

  startOf(msgId: string): CellStart | undefined {
    return this.page.startOf(msgId);
  }

  marks(msgId: string): CellMarks | undefined {
    return this.page.find(msgId);
  }

  async finish(
    request: CellRequest,
    executionCount: number | null,
    stacks: StackResult | undefined,
  ): Promise<CellDetail> {
    const told = this.#published.get(request.msgId) ?? {};
    this.#published.delete(request.msgId);
    this.#cells.told(told['files']);
    return this.#detail(request, executionCount, stacks, told);
  }

  look(
    request: CellRequest,
    executionCount: number | null,
    stacks: StackResult | undefined,
  ): Promise<CellDetail> {
    return this.#detail(request, executionCount, stacks, {});
  }

  async #detail(
    request: CellRequest,
    executionCount: number | null,
    stacks: StackResult | undefined,
    told: JsonObject,
  ): Promise<CellDetail> {
    const file = this.page.fileOf(request.msgId);
    if (executionCount !== null) {
      this.#cells.ran(executionCount, request.code);
      if (file !== undefined) this.#cells.told({ [file]: [executionCount, 0] });
    }
    if (!request.profile) return NOT_PROFILED;
    // What checks and attributes loads with the first profiled cell: it must not delay a kernel's start.
    const [{ detailOf, readSource }, { createPythonResolver }] = await Promise.all([
      import('./detail.ts'),
      import('./resolver.ts'),
    ]);
    const body = magicBody(request, executionCount);
    const resolver = createPythonResolver({
      cells: this.#cells.byFile(),
      ...(body && { body }),
      libraryFolders: this.hello.libraryFolders,
      cellFolder: this.hello.cellFolder,
      workingDirectory: this.hello.workingDirectory,
      readFile: readSource,
    });
    return detailOf({ stacks, told, resolver, whyInside: this.#whyInside });
  }
}

const NOT_PROFILED = noDetail(
  'Stacks are sampled in %%pyperf cells, and in all cells after %pyperf on.',
);
