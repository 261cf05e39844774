/** Cell runs: from the traffic, the worker and the language to a profile, and to what stands under the cell. */
export { createRun, type RunParts } from './create-run.ts';
export { openLanguage } from './open-language.ts';
