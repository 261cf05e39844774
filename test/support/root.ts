/** The root of this tree. Also from a benchmark's bundle, which lies as deep as this file. */
import { resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
