export * from './build-report.ts';
export * from './comparison.ts';
export * from './report.ts';
export type * from '../analysis/index.ts';
