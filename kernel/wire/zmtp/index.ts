/**
 * The part of ZeroMQ that a proxy of Jupyter's messages needs, in plain TypeScript over Node's own sockets.
 *
 * Why not zeromq.js: around ipykernel it took 1.5 ms of CPU for each `pass` and 70 µs for each printed line, in two
 * threads that contend with the kernel; here a message that is not changed passes as the bytes that came. It also says
 * how much waits for whom, and needs no compiled addon.
 */
export { Connector } from './connector.ts';
export { encodeFirstFrame, withoutFirstFrame, type Frames } from './frames.ts';
export { Publisher } from './publisher.ts';
export { Router } from './router.ts';
