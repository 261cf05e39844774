/** What the rest of the hook uses of the sampling: everything else in this folder is the worker's own. */
export { SamplingClient, type SampledCell, type SamplingClientOptions } from './client.ts';
export type { StartRequest } from './client.ts';
export { readEnvironment, usableCores } from './environment.ts';
export type { CellKey, KernelUsage, ResourceUsage } from './protocol.ts';
