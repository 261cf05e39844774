/**
 * V8's profiler on the main thread, read in chunks without ever being stopped.
 *
 * To stop and start it stalls the main thread for 30 to 160 ms each time, because V8 then lists all the code there is.
 * Profiles may overlap, though: the next one is started before the last one ends, which costs 1 to 4 ms. So the
 * profiler also stays on for a while after a cell, for the next one to begin at once.
 */
import { Session } from 'node:inspector';
import type { Look } from './look.ts';
import type { V8Profile } from './v8-profile.ts';

/** Where the main thread keeps `lookHere` for us. */
const LOOK = '__tslab__.pyperf.look';

const TITLE = 'pyperf';

interface Evaluated {
  readonly result?: { readonly value?: unknown };
  readonly exceptionDetails?: unknown;
}

export class ChunkedProfiler {
  #session: Session | undefined;
  #count = 0;
  #intervalUs = 0;
  #finished: { readonly title: string; readonly profile: V8Profile } | undefined;

  get isRunning(): boolean {
    return this.#session !== undefined;
  }
  get intervalUs(): number {
    return this.#intervalUs;
  }

  /** @throws Error of the inspector. */
  async start(intervalUs: number): Promise<void> {
    const session = new Session();
    session.connectToMainThread();
    this.#session = session;
    this.#intervalUs = intervalUs;
    session.on('Profiler.consoleProfileFinished', ({ params }) => {
      if (params.title?.startsWith(TITLE) === true)
        this.#finished = { title: params.title, profile: params.profile };
    });
    await this.#post('Profiler.enable');
    await this.#post('Profiler.setSamplingInterval', { interval: intervalUs });
    await this.#evaluate(`console.profile('${this.#next()}')`);
  }

  /** Ends the running chunk and begins another. @returns what the ended one saw. */
  async rotate(): Promise<V8Profile | undefined> {
    const ended = this.#title();
    await this.#evaluate(`console.profile('${this.#next()}');console.profileEnd('${ended}')`);
    return this.#take(ended);
  }

  /** Never throws: the main thread may be ending. */
  async stop(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    try {
      if (session) await post(session, 'Profiler.disable');
    } catch {
      // It is going away.
    }
    session?.disconnect();
  }

  /** @returns undefined when the main thread did not answer as expected, for example because it was interrupted. */
  async look(withResources = false): Promise<Look | undefined> {
    const value = await this.#evaluate(`${LOOK}(${String(withResources)})`);
    return typeof value === 'string' ? (JSON.parse(value) as Look) : undefined;
  }

  async startAllocations(): Promise<void> {
    await this.#post('HeapProfiler.startSampling', {
      samplingInterval: 131_072,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    });
  }

  async stopAllocations(): Promise<unknown> {
    return this.#post('HeapProfiler.stopSampling');
  }

  #title(): string {
    return `${TITLE}-${this.#count}`;
  }
  #next(): string {
    this.#count++;
    return this.#title();
  }

  #take(title: string): V8Profile | undefined {
    const finished = this.#finished;
    this.#finished = undefined;
    return finished?.title === title ? finished.profile : undefined;
  }

  async #evaluate(expression: string): Promise<unknown> {
    const evaluated = (await this.#post('Runtime.evaluate', {
      expression,
      silent: true,
      returnByValue: true,
    })) as Evaluated;
    return evaluated.result?.value;
  }

  #post(method: string, parameters?: object): Promise<unknown> {
    if (this.#session === undefined) throw new Error('the profiler is not running');
    return post(this.#session, method, parameters);
  }
}

function post(session: Session, method: string, parameters: object = {}): Promise<unknown> {
  return new Promise((resolve, reject) => {
    session.post(method, parameters, (error, result) => {
      if (error) reject(new Error(`${method}: ${error.message}`));
      else resolve(result);
    });
  });
}
