/**
 * The worker's side of the wire: messages, and waits that end when one comes.
 *
 * Between cells the worker rests in Node's event loop, with no timer. While cells run it blocks in `Atomics.wait`
 * on one shared word, which is precise to 0.1 ms and which `SamplingClient` changes with every message.
 */
import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import type { ToWorker } from './protocol.ts';
import { SamplingLoop, type LoopOptions } from './sampling-loop.ts';

/** What the client hands to the worker when it starts it. */
export interface WorkerSetup {
  /** One Int32: counts the messages sent. */
  readonly control: SharedArrayBuffer;
}

export function serve(port: MessagePort, setup: WorkerSetup, options: LoopOptions): void {
  const control = new Int32Array(setup.control);
  const inbox: ToWorker[] = [];
  let seen = -1;
  const loop = new SamplingLoop(
    {
      now: () => performance.now(),
      receive: () => {
        const first = inbox.shift();
        if (first !== undefined) return first;
        // The count changes after the message was sent: while it stands still there is none.
        const sent = Atomics.load(control, 0);
        if (sent === seen) return undefined;
        const received = receiveMessageOnPort(port) as { message: ToWorker } | undefined;
        if (received === undefined) seen = sent;
        return received?.message;
      },
      post: message => port.postMessage(message),
      wait: milliseconds => void Atomics.wait(control, 0, seen, milliseconds),
    },
    options,
  );
  port.on('message', (message: ToWorker) => {
    inbox.push(message);
    if (!loop.run()) port.close();
  });
}
