/** Reading CPython's stacks from outside. */
export { createCPythonSampler } from './sampler.ts';
export { type PythonTarget, PythonTargetSchema } from './target.ts';
