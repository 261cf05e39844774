/** Attribution: whose lines and functions the sampled time belongs to. */
export { attribute, type Attribution } from './attribute.ts';
export type { FileOrigin, FrameResolver } from './resolver.ts';
