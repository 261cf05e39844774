/** Pure questions to a profile. No clock, no input or output, nothing changed. */
export * from './compare-cells.ts';
export * from './compare-lines.ts';
export * from './headings.ts';
export * from './compare-runs.ts';
export * from './hot-functions.ts';
export * from './hot-lines.ts';
export * from './labels.ts';
export * from './measured.ts';
export * from './memory-pattern.ts';
export * from './off-cpu.ts';
export * from './rank-cells.ts';
export * from './resources.ts';
export * from './totals.ts';
