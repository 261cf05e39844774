/** Entry of the sampling worker: puts the loop together with the languages' stack samplers. */
import { parentPort, workerData } from 'node:worker_threads';
import { STACK_SAMPLERS } from './languages/stack-samplers.ts';
import { usableCores } from './sampling/environment.ts';
import { serve, type WorkerSetup } from './sampling/worker-port.ts';

if (parentPort === null) throw new Error('kernel/worker.ts runs in a worker thread only');
serve(parentPort, workerData as WorkerSetup, { samplers: STACK_SAMPLERS, cores: usableCores() });
