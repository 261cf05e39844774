/** The part of us that lives in tslab's main thread: knows the cells, their code, and the one that runs. */
import type { MailboxWriter } from '../mailbox.ts';
import { markAwaits } from './await-sites.ts';
import type { CellRun } from './cell-run.ts';
import { Compilations, isCellSource } from './compilations.ts';
import type { ProfilerClient } from './profiler-client.ts';
import { lineTable, type MappedCode } from './source-lines.ts';
import { variablesOf } from './sizes.ts';
import type { TracedScript } from './stack-traces.ts';
import type { AwaitSite } from './await-sites.ts';

/** tslab's own global; what we need to be found by a cell's code hangs there. */
interface TslabGlobal {
  __tslab__?: { readonly exports?: object; pyperf?: object };
}

const MODULE_TAG = /@module\s+(\w+)/;

export class Kernel {
  readonly #compilations = new Compilations();
  readonly #scripts = new Map<string, TracedScript>();
  /** Names of the cells in which `@module` cells were defined. */
  readonly #modules = new Map<string, string>();
  #sites: readonly AwaitSite[] = [];
  #siteCount = 0;
  #current: CellRun | undefined;
  #count = 0;

  constructor(
    private readonly profiler: ProfilerClient,
    private readonly mailbox: MailboxWriter,
    private readonly isJs: boolean,
  ) {}

  get current(): CellRun | undefined {
    return this.#current;
  }

  /** The name under which V8, and whoever reads a stack trace, knows a cell. */
  cellName(count = this.#count): string {
    return `cell[${count}].${this.isJs ? 'js' : 'ts'}`;
  }

  /** A request has come; it may still have to wait for others. */
  arrived(run: CellRun): void {
    if (run.wish?.stacks === true) this.profiler.warmUp();
  }

  started(run: CellRun, count: number): void {
    this.#current = run;
    this.#count = count;
    run.hasStarted = true;
    const module = MODULE_TAG.exec(run.code)?.[1];
    if (module !== undefined) this.#modules.set(module, this.cellName());
    run.begin();
  }

  /** TypeScript has emitted something. @returns what shall run. */
  emitted(mapped: MappedCode): string {
    const isCell = isCellSource(mapped.source);
    const marked =
      isCell && this.#current?.wish?.stacks === true
        ? markAwaits(mapped, {
            begin: '__tslab__.pyperf.begin',
            wait: '__tslab__.pyperf.wait',
            firstId: this.#siteCount,
          })
        : { mapped, sites: [] };
    if (isCell) this.#sites = marked.sites;
    this.#compilations.add(marked.mapped, process.cwd());
    return marked.mapped.code;
  }

  /** A cell's own code is about to run. @returns the name for its script. */
  begin(code: string, wrapperColumns: number): string {
    const script = this.cellName();
    const mapped = this.#compilations.takeCell(code);
    if (mapped) this.#addScript(script, script, code, mapped, wrapperColumns);
    const run = this.#current;
    run?.failure.ran();
    this.#offerHooks();
    if (run?.wish?.stacks === true) this.profiler.begin(run.key, run.wish);
    if (run) this.profiler.started(run.begin());
    return script;
  }

  end(run: CellRun | undefined): void {
    if (!run?.isRunning) return;
    const ns = run.end();
    if (run.wish?.stacks === true) run.profiled = this.profiler.end(run.key, ns);
  }

  /** tslab is done with a cell. */
  async finished(run: CellRun): Promise<void> {
    this.end(run);
    await run.profiled;
    const marks = run.marks();
    if (!marks) return;
    const variables = run.wish ? variablesOf(tslab()?.exports ?? {}) : undefined;
    this.mailbox.put(run.key, JSON.stringify({ ...marks, ...(variables && { variables }) }));
  }

  /** A user's file or `@module` cell is about to be compiled by Node. */
  loads(path: string, code: string): void {
    const mapped = this.#compilations.file(path);
    if (!mapped || !code.includes(mapped.code)) return;
    const source = mapped.source.replace(/^(\.\.[\\/])+/, '');
    const module = /^(\w+)\.[jt]sx?$/.exec(source)?.[1] ?? '';
    const extension = /\.[cm]?[jt]sx?$/.exec(source)?.[0] ?? '';
    const file = this.#modules.get(module) ?? path.replace(/\.js$/, extension);
    this.#addScript(path, file, code, mapped, 0);
  }

  traced(script: string): TracedScript | undefined {
    return this.#scripts.get(script.replace(/^file:\/\//, ''));
  }

  #addScript(
    script: string,
    file: string,
    code: string,
    mapped: MappedCode,
    wrapperColumns: number,
  ): void {
    this.#scripts.set(script, { mapped, file, firstColumns: wrapperColumns });
    const firstId = this.#siteCount;
    const sites = wrapperColumns > 0 ? this.#sites : [];
    this.#siteCount += sites.length;
    this.profiler.script(
      { script, file, code, table: lineTable(mapped.segments), wrapperColumns },
      sites.map((site, index) => [firstId + index, { ...site, file }]),
    );
  }

  #offerHooks(): void {
    const global = tslab();
    if (!global || 'pyperf' in global) return;
    const { look, awaits } = this.profiler;
    Object.defineProperty(global, 'pyperf', {
      value: Object.freeze({ look, begin: awaits.begin, wait: awaits.wait }),
    });
  }
}

const tslab = (): TslabGlobal['__tslab__'] => (globalThis as TslabGlobal).__tslab__;
