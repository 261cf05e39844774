/**
 * How long the next chunk of a profile may be. Pure.
 *
 * To take a chunk stops the main thread for as long as V8 needs to write down its call tree: 3 to 5 microseconds for each
 * node. A program that calls deeply and always differently has tens of nodes a millisecond, most have few a second.
 */

/** The first chunk is short: nothing is known yet. */
const FIRST_MS = 60;
const SHORTEST_MS = 20;
/** Below 5 ms, with what the next profile's start takes in a program of thousands of functions. */
const MOST_NODES = 600;

export class ChunkLength {
  #ms = FIRST_MS;

  get ms(): number {
    return this.#ms;
  }

  /**
   * @param nodes of the call tree of a chunk that was `tookMs` long.
   * @param longestMs that the next one may be.
   */
  took(tookMs: number, nodes: number, longestMs: number): void {
    const fitting = (tookMs * MOST_NODES) / Math.max(1, nodes);
    this.#ms = Math.max(SHORTEST_MS, Math.min(fitting, 2 * this.#ms, longestMs));
  }
}
