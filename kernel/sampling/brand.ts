/**
 * `ms` and `bytes` of `src/profile`, without what comes along with them: importing any value from there loads the
 * schema library, which makes the worker several times as large and slow to start.
 */
import type { Bytes, Milliseconds } from '../../src/profile/index.ts';

export const ms = (value: number): Milliseconds => Math.max(0, value) as Milliseconds;
export const bytes = (value: number): Bytes => Math.max(0, Math.round(value)) as Bytes;
