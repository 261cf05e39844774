/** What the exit codes of `src/cli/errors.ts` mean, for the help. */
export const EXIT_CODES = `
Exit codes:
  0    all went well
  1    a cell failed, ran out of time, or its kernel died; what was measured is written
  2    nothing was run: a wrong option, an unreadable notebook, no such kernel, a folder that cannot be written
  3    the notebook ran, but went over a limit of its --budget
  130  interrupted with Ctrl-C (143: terminated); what was measured is written`;
