/** One thing that `doctor` looked at, told in plain words. */
export interface Check {
  readonly what: string;
  readonly works: boolean;
  /** What was found; when it does not work, what is missing by it. */
  readonly found: string;
  /** What to do; absent when it works, or when nothing can be done. */
  readonly remedy?: string;
  /** Without it PyPerf does not work at all. */
  readonly essential?: boolean;
}

export const formatCheck = ({ what, works, found, remedy }: Check): string =>
  `${works ? '✓' : '✗'} ${what}: ${found}${remedy === undefined ? '' : `. ${remedy}`}.`;
