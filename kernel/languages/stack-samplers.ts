/** Stack samplers by the name that a `StackTarget` carries. Each language that samples from outside adds a line. */
import type { StackSamplerFactory } from '../sampling/stacks.ts';

export const STACK_SAMPLERS: Readonly<Record<string, StackSamplerFactory>> = {};
