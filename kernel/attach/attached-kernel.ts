/** The conversation with one kernel: its agent is sent, says hello, and then tells of cells. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LanguageSession } from '../languages/adapter.ts';
import { PythonAttachment } from '../languages/python/attached.ts';
import { magicHelp } from '../run/magic.ts';
import { CellMeasurer } from '../run/measure.ts';
import { Recorder } from '../run/recorder.ts';
import { readEnvironment, SamplingClient } from '../sampling/index.ts';
import { createSigner, Session, type JsonObject } from '../wire/index.ts';
import { AttachedRun } from './attached-run.ts';
import type { FromKernel, ToKernel } from './protocol.ts';

const NOT_IN_THE_WAY =
  'PyPerf was loaded into a running kernel (%load_ext): how long cells were queued is not measured.';

export interface AttachedKernelOptions {
  readonly pid: number;
  readonly version: string;
  readonly log: (line: string) => void;
}

export class AttachedKernel {
  readonly #session = new Session(createSigner(''));
  readonly #folder = mkdtempSync(join(tmpdir(), 'pyperf-'));
  readonly #attachment = new PythonAttachment(join(this.#folder, 'marks'), magicHelp());
  #hello: JsonObject | undefined;
  #info: Extract<FromKernel, { type: 'start' }> | undefined;
  #language: LanguageSession | undefined;
  #run: AttachedRun | undefined;

  constructor(private readonly options: AttachedKernelOptions) {}

  /** @returns the answer; undefined where none is waited for. */
  async handle(message: FromKernel): Promise<ToKernel | undefined> {
    switch (message.type) {
      case 'start':
        this.#info = message;
        return { type: 'agent', ...this.#attachment.agent() };
      case 'published':
        this.#published(message);
        return undefined;
      case 'attached':
        return { type: 'ready', notes: this.#open() };
      case 'look':
        return { type: 'plan', plan: this.#started().look(message.code) };
      case 'begin':
        return {
          type: 'plan',
          plan: this.#started().begin(message.cell, message.code, message.cellId),
        };
      case 'end':
        return { type: 'answers', answers: await this.#started().end(message.cell, message.error) };
    }
  }

  /** The page's name has served once the agent has it open. */
  forget(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #published({ cell, kind, content }: Extract<FromKernel, { type: 'published' }>): void {
    if (kind === 'pyperf_hello') this.#hello = content;
    else this.#language?.published(cell, this.#session.message(kind, content));
  }

  #open(): readonly string[] {
    const { pid, version, log } = this.options;
    if (!this.#hello || !this.#info) throw new Error('the agent did not say hello');
    this.forget();
    const info = {
      implementation: 'ipython',
      implementationVersion: this.#info.ipythonVersion,
      language: 'python',
      languageVersion: this.#info.pythonVersion,
    };
    const language = this.#attachment.open(this.#hello, pid, info);
    const sampling = new SamplingClient({ onProblem: log });
    const environment = readEnvironment(version);
    const recorder = new Recorder(
      {
        path: process.env['JPY_SESSION_NAME'] ?? null,
        kernelName: 'ipython',
        language: info.language,
        languageVersion: info.languageVersion,
      },
      { ...environment, notes: [...environment.notes, ...language.notes, NOT_IN_THE_WAY] },
    );
    sampling.warm();
    const measurer = new CellMeasurer(sampling, language, pid);
    measurer.rehearse();
    this.#language = language;
    this.#run = new AttachedRun(language, measurer, recorder, log);
    return language.notes;
  }

  #started(): AttachedRun {
    if (!this.#run) throw new Error('a cell came before the agent');
    return this.#run;
  }
}
