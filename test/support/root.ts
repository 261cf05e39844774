/** The root of this tree. */
import { resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
