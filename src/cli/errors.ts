/** What a command tells a person when it cannot go on, and what it tells a script. */

/**
 * The exit codes, documented in the help and in README.md.
 * 128 + the signal's number is the shell's own convention for a command ended by a signal.
 */
export const EXIT = {
  ok: 0,
  /** A cell failed, ran out of time, or its kernel died, or a result could not be written. What was measured is written. */
  failed: 1,
  /** Nothing was run: wrong option, unreadable notebook, missing kernel, folder that cannot be written. */
  usage: 2,
  /** The notebook ran, but went over a limit of its budget. */
  overBudget: 3,
  interrupted: 130,
  terminated: 143,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Its message is one sentence that names the trouble and, where there is one, the remedy. */
export class CliError extends Error {
  override readonly name = 'CliError';
  constructor(
    message: string,
    readonly exitCode: ExitCode = EXIT.usage,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than is allowed here',
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder',
  EEXIST: 'there is already a file of that name',
  EMFILE: 'too many files are open',
  ELOOP: 'its links go round in a circle',
  ENAMETOOLONG: 'the name is too long',
};

/** The reason of a failed system call in words, without the path that the sentence around it names. */
export function systemReason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code !== undefined && code in SYSTEM_ERRORS) return SYSTEM_ERRORS[code] as string;
  return error instanceof Error ? error.message : String(error);
}

export const errorCode = (error: unknown): string | undefined =>
  (error as NodeJS.ErrnoException | undefined)?.code;
