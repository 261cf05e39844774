/**
 * Branded units: the compiler refuses to add milliseconds to bytes, or to take one clock for another.
 *
 * A brand exists only for the compiler. Arithmetic gives a plain number, which must be branded again by
 * the function whose name says what it is now.
 */
import type * as z from 'zod';

export type Milliseconds = number & z.$brand<'Milliseconds'>;

export type Bytes = number & z.$brand<'Bytes'>;

/** A difference of two sizes: may be negative. */
export type ByteDelta = number & z.$brand<'ByteDelta'>;

/** A part of a whole, 0 to 1. */
export type Share = number & z.$brand<'Share'>;

/** ISO 8601 with an offset, the wall clock. */
export type Timestamp = string & z.$brand<'Timestamp'>;

/** Nanoseconds of CLOCK_MONOTONIC: what `process.hrtime` and Python's `time.monotonic_ns` both read on Linux. */
export type MonotonicNs = bigint & { readonly __clock: 'monotonic' };

export const ms = (value: number): Milliseconds => Math.max(0, value) as Milliseconds;
export const bytes = (value: number): Bytes => Math.max(0, Math.round(value)) as Bytes;
export const byteDelta = (value: number): ByteDelta => Math.round(value) as ByteDelta;
export const share = (value: number): Share => Math.min(1, Math.max(0, value)) as Share;
export const timestamp = (date: Date): Timestamp => date.toISOString() as Timestamp;
export const monotonicNs = (value: bigint): MonotonicNs => value as MonotonicNs;

/** `part / whole` as a share; 0 when the whole is 0. */
export const shareOf = (part: number, whole: number): Share => share(whole > 0 ? part / whole : 0);
export const elapsedMs = (from: MonotonicNs, to: MonotonicNs): Milliseconds =>
  ms(Number(to - from) / 1e6);
