/** Text to where the user wants it. */
import { dirname } from 'node:path';
import { prepareFolder, writeAtomically } from './write.ts';

/** @param out a file; standard output without one. @throws CliError */
export function writeText(text: string, out: string | undefined): void {
  if (out === undefined) process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  else {
    prepareFolder(dirname(out));
    writeAtomically(out, text);
  }
}
