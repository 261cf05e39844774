/**
 * Sizes of the cell's variables, as far as V8 lays objects out in a known way on 64-bit builds without pointer
 * compression (Node's): a word is 8 bytes, an object has a header of three words, an array element or field one.
 * Buffers are exact. Code and hidden classes are not counted.
 */
import { types } from 'node:util';
import type { VariableRecord } from '../told.ts';

const WORD_BYTES = 8;
const HEADER_BYTES = 3 * WORD_BYTES;
const NUMBER_BYTES = 2 * WORD_BYTES;
/** `Map` and `Set` keep at least half of their table free, plus a chain. */
const ENTRY_BYTES = 5 * WORD_BYTES;

const BUDGET_MS = 50;
const CHECK_EVERY = 1024;
/** Of a collection, more than these are not looked into. */
const MOST_ITEMS = 50_000;

export function variablesOf(variables: object): VariableRecord[] {
  const deadline = performance.now() + BUDGET_MS;
  const owners = new Map<object, string>();
  const records: VariableRecord[] = [];
  for (const name of Object.keys(variables)) {
    let value: unknown;
    try {
      value = (variables as Record<string, unknown>)[name];
    } catch {
      continue;
    }
    if (typeof value === 'function' || value === undefined) continue;
    records.push(measure(name, value, owners, deadline));
  }
  return records.sort((a, b) => b.sizeBytes - a.sizeBytes);
}

function measure(
  name: string,
  value: unknown,
  owners: Map<object, string>,
  deadline: number,
): VariableRecord {
  const shape = shapeOf(value);
  const head = { name, type: typeOf(value), ...(shape !== undefined && { shape }) };
  const owner = isObject(value) ? owners.get(value) : undefined;
  if (owner !== undefined) return { ...head, sizeBytes: 0, sharedWith: owner };
  const stack: unknown[] = [value];
  let sizeBytes = 0;
  let count = 0;
  let partial = false;
  while (stack.length > 0) {
    const next = stack.pop();
    if (++count % CHECK_EVERY === 0 && performance.now() > deadline)
      return { ...head, sizeBytes, partial: true };
    if (!isObject(next)) {
      sizeBytes += primitiveBytes(next);
      continue;
    }
    if (owners.has(next)) continue;
    owners.set(next, name);
    const own = ownBytes(next, stack);
    sizeBytes += own.bytes;
    partial ||= own.partial;
  }
  return { ...head, sizeBytes, ...(partial && { partial }) };
}

/** Pushes what an object holds. Accessors and proxies are not called: they are the user's code. */
function ownBytes(value: object, stack: unknown[]): { bytes: number; partial: boolean } {
  if (types.isProxy(value) || typeof value === 'function') return whole(HEADER_BYTES);
  if (ArrayBuffer.isView(value)) {
    stack.push(value.buffer);
    return whole(HEADER_BYTES);
  }
  if (types.isAnyArrayBuffer(value)) return whole(HEADER_BYTES + value.byteLength);
  if (Array.isArray(value)) {
    // Numbers stand in the array itself, whole ones and others.
    pushSome(value, stack, item => typeof item !== 'number' && needsVisit(item));
    return { bytes: HEADER_BYTES + WORD_BYTES * value.length, partial: value.length > MOST_ITEMS };
  }
  if (types.isMap(value) || types.isSet(value)) {
    if (types.isMap(value)) pushSome(value.keys(), stack, needsVisit);
    pushSome(value.values(), stack, needsVisit);
    return { bytes: HEADER_BYTES + ENTRY_BYTES * value.size, partial: value.size > MOST_ITEMS };
  }
  const descriptors = Object.entries(Object.getOwnPropertyDescriptors(value));
  const held = descriptors.map(([, descriptor]) => descriptor.value as unknown);
  pushSome(held, stack, needsVisit);
  return {
    bytes: HEADER_BYTES + WORD_BYTES * held.length,
    partial: held.length > MOST_ITEMS,
  };
}

const whole = (bytes: number): { bytes: number; partial: boolean } => ({ bytes, partial: false });

function pushSome(
  items: Iterable<unknown>,
  stack: unknown[],
  wanted: (item: unknown) => boolean,
): void {
  let left = MOST_ITEMS;
  for (const item of items) {
    if (left-- === 0) return;
    if (wanted(item)) stack.push(item);
  }
}

/** Small whole numbers stand in the word itself. */
const isSmall = (value: number): boolean => Number.isInteger(value) && Math.abs(value) < 2 ** 31;

const needsVisit = (value: unknown): boolean =>
  isObject(value) || typeof value === 'string' || (typeof value === 'number' && !isSmall(value));

function primitiveBytes(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return HEADER_BYTES + value.length;
    case 'number':
      return isSmall(value) ? WORD_BYTES : NUMBER_BYTES;
    case 'bigint':
    case 'symbol':
      return HEADER_BYTES;
    case 'boolean':
    case 'undefined':
    case 'object':
    case 'function':
      return WORD_BYTES;
  }
}

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

function typeOf(value: unknown): string {
  if (!isObject(value)) return value === null ? 'null' : typeof value;
  const prototype = Object.getPrototypeOf(value) as { readonly constructor?: unknown } | null;
  const { constructor } = prototype ?? {};
  return typeof constructor === 'function' && constructor.name !== '' ? constructor.name : 'Object';
}

function shapeOf(value: unknown): string | undefined {
  if (typeof value === 'string') return `${value.length} characters`;
  if (Array.isArray(value)) return items(value.length);
  if (value instanceof Map || value instanceof Set) return items(value.size);
  if (ArrayBuffer.isView(value) && 'length' in value) return items(value.length as number);
  return undefined;
}

const items = (count: number): string => `${count} ${count === 1 ? 'item' : 'items'}`;
