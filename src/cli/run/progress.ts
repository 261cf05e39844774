/** What a person sees while a notebook runs: a bar on a terminal, a line for each cell elsewhere. */
import { SingleBar } from 'cli-progress';
import type { CellEnding } from './execute-cell.ts';
import type { Step } from './execute.ts';

/** The bar counts seconds while a cell runs. */
const REDRAW_MS = 500;
const LABEL_WIDTH = 36;

export interface Progress {
  started(step: Step, number: number, total: number): void;
  ended(step: Step, ending: CellEnding): void;
  /** Clears the bar; lines stay. */
  stop(): void;
}

export const createProgress = (stream: NodeJS.WriteStream, name: string): Progress =>
  stream.isTTY ? new BarProgress(stream, name) : new LineProgress(stream, name);

export const describeStep = ({ index, label }: Step): string =>
  label === undefined ? `cell ${index + 1}` : `cell ${index + 1}, ${label}`;

class BarProgress implements Progress {
  readonly #bar: SingleBar;
  readonly #timer: NodeJS.Timeout;
  #startedMs = performance.now();
  #label = '';
  #running = false;

  constructor(stream: NodeJS.WriteStream, name: string) {
    this.#bar = new SingleBar({
      stream,
      format: `${name} [{bar}] {value}/{total} {label} {elapsed}`,
      barsize: 20,
      hideCursor: true,
      clearOnComplete: true,
      stopOnComplete: false,
      emptyOnZero: true,
      // The terminal is ours to restore: Ctrl-C has its own meaning here.
      gracefulExit: false,
    });
    this.#timer = setInterval(() => this.#draw(), REDRAW_MS);
    this.#timer.unref();
  }

  started(step: Step, number: number, total: number): void {
    this.#startedMs = performance.now();
    this.#label = fit(step.label ?? `cell ${step.index + 1}`);
    if (!this.#running) this.#bar.start(total, 0, this.#payload());
    this.#running = true;
    this.#bar.update(number - 1, this.#payload());
  }
  ended(): void {
    if (this.#running) this.#bar.increment(1, this.#payload());
  }
  stop(): void {
    clearInterval(this.#timer);
    if (this.#running) this.#bar.stop();
  }
  #draw(): void {
    if (this.#running) this.#bar.update(this.#payload());
  }
  #payload(): { label: string; elapsed: string } {
    return { label: this.#label, elapsed: seconds(performance.now() - this.#startedMs) };
  }
}

class LineProgress implements Progress {
  #startedMs = 0;
  #place = '';

  constructor(
    private readonly stream: NodeJS.WritableStream,
    private readonly name: string,
  ) {}

  started(_step: Step, number: number, total: number): void {
    this.#startedMs = performance.now();
    this.#place = `${number}/${total}`;
  }
  ended(step: Step, ending: CellEnding): void {
    const took = seconds(performance.now() - this.#startedMs);
    const label = step.label === undefined ? '' : ` ${step.label}`;
    const word = ending.kind === 'ok' ? '' : `, ${WORDS[ending.kind]}`;
    this.stream.write(`${this.name} ${this.#place}${label}: ${took}${word}\n`);
  }
  stop(): void {
    this.stream.write('\n'); // the summary that follows goes to another stream
  }
}

const WORDS = {
  error: 'failed',
  died: 'the kernel died',
  stuck: 'did not stop',
} as const;

const seconds = (durationMs: number): string => `${(durationMs / 1000).toFixed(1)} s`;

function fit(label: string): string {
  const characters = [...label];
  return characters.length <= LABEL_WIDTH
    ? label.padEnd(LABEL_WIDTH)
    : `${characters.slice(0, LABEL_WIDTH - 1).join('')}…`;
}
