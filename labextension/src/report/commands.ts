/** What the report's commands are called. */
export const COMMANDS = {
  /** `path` of the notebook; the current one without. */
  open: 'pyperf:open-report',
  showPanel: 'pyperf:show-panel',
  /** `path` of the notebook; the current one without. Fails never: it says what went wrong in a notification. */
  keepRun: 'pyperf:keep-run',
} as const;
