/** What the words of each command need of the program. */
import type { Command } from 'commander';
import type { ExitCode } from '../errors.ts';

/** Makes a command of the program. */
export type AddCommand = (usage: string) => Command;
/** Takes the exit code of the command that ran. */
export type Done = (code: ExitCode) => void;
