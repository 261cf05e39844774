/** `jupyter-pyperf`, which Jupyter runs for `jupyter pyperf …`. */
import { CommanderError } from 'commander';
import { CliError, EXIT } from './errors.ts';
import { createProgram } from './program.ts';
import { VERSION } from './version.ts';

async function main(): Promise<void> {
  const program = createProgram(VERSION, code => {
    process.exitCode = code;
  });
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      // commander has already written its message, or the help that was asked for
      process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    } else if (error instanceof CliError) {
      process.stderr.write(`jupyter pyperf: ${error.message}\n`);
      process.exitCode = error.exitCode;
    } else throw error;
  }
}

// A reader such as `head` that has seen enough is no error, and must not end a notebook's run.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

await main();
