export * from './build-report.ts';
export * from './report.ts';
export type * from '../analysis/index.ts';
