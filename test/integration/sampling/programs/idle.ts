/** Measures one cell of this very process, then tells what hook and worker use while no cell runs. */
import { setTimeout as sleep } from 'node:timers/promises';
import { SamplingClient } from '../../../../kernel/sampling/index.ts';

const client = new SamplingClient({ workerUrl: new URL(process.argv[2] ?? '') });
// What the hook's sockets do in earnest: keep the process alive while an answer is awaited.
const alive = setInterval(() => undefined, 60_000);
client.start({ cell: 'cell', pid: process.pid });
await sleep(300);
await client.end('cell');
await sleep(300);
const before = process.cpuUsage();
await sleep(3000);
const used = process.cpuUsage(before);
console.log(JSON.stringify({ idleCpuMs: (used.user + used.system) / 1000 }));
clearInterval(alive);
// No exit call: the worker must not keep the process alive.
