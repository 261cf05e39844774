// @ts-check
/** Remembers in `.setup/` what was done, so that it is not done again. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, SetupError } from './step.mjs';

export const SETUP_DIR = join(ROOT, '.setup');

/** @param {readonly (string | Buffer)[]} parts */
export function hashOf(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

/**
 * @param {string} name
 * @returns {string | undefined}
 */
export function readStamp(name) {
  try {
    return readFileSync(join(SETUP_DIR, name), 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * @param {string} name
 * @param {string} value
 */
export function writeStamp(name, value) {
  writeText(join(SETUP_DIR, name), value);
}

/**
 * @param {string} file
 * @param {string} text
 * @param {number} [mode]
 */
export function writeText(file, text, mode) {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, mode === undefined ? {} : { mode });
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    throw new SetupError(
      `Cannot write ${file} (${code ?? message}): make the folder writable, or clone PyPerf to one that is.`,
    );
  }
}
