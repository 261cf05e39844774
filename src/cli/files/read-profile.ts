/** Reads a profile from a file. */
import { readFileSync } from 'node:fs';
import { parseProfileText, ProfileError, type Profile } from '../../profile/index.ts';
import { CliError, EXIT, systemReason } from '../errors.ts';

/** @throws CliError in one sentence. */
export function readProfile(path: string): Profile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new CliError(`cannot read ${path}: ${systemReason(error)}`, EXIT.usage, { cause: error });
  }
  try {
    return parseProfileText(text, path);
  } catch (error) {
    if (error instanceof ProfileError) throw new CliError(error.message);
    throw error;
  }
}
