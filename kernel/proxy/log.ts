/** The hook's own lines on stderr, where Jupyter's log shows them. Few, and never a message's content. */
export type Log = (line: string) => void;

export const logToStderr: Log = line => {
  process.stderr.write(`[pyperf] ${line}\n`);
};

/** Tells how often something happened: the first time at once, then at most once in `intervalMs`. */
export class CountingLog {
  #count = 0;
  #told = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly log: Log,
    readonly what: string,
    readonly intervalMs = 10_000,
  ) {}

  get count(): number {
    return this.#count;
  }

  add(reason: string): void {
    this.#count += 1;
    if (this.#timer) return;
    this.#tell(reason);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#count > this.#told) this.#tell(reason);
    }, this.intervalMs);
    this.#timer.unref();
  }

  #tell(reason: string): void {
    this.#told = this.#count;
    this.log(`${this.what}: ${reason} (${this.#count} so far)`);
  }
}
