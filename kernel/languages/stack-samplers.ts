/** Stack samplers by the name that a `StackTarget` carries. Each language that samples from outside adds a line. */
import type { StackSamplerFactory } from '../sampling/stacks.ts';
import { createCPythonSampler } from './python/cpython/index.ts';

export const STACK_SAMPLERS: Readonly<Record<string, StackSamplerFactory>> = {
  cpython: createCPythonSampler,
};
