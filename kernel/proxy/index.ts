/** The proxy between Jupyter and the real kernel. */
export * from './arguments.ts';
export * from './kernel-proxy.ts';
export * from './kernel-spec.ts';
export * from './launch.ts';
export * from './log.ts';
export * from './supervise.ts';
export * from './tap.ts';
