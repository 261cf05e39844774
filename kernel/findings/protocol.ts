/** What the hook and its findings worker say to each other. */
import type { Finding, Profile } from '../../src/profile/index.ts';

export interface FindRequest {
  readonly id: number;
  /** Of one cell. */
  readonly profile: Profile;
  /** Cells that ran before, by their execution count: functions of theirs may be hot, names of theirs in use. */
  readonly earlier: Readonly<Record<number, string>>;
  /** Where the kernel runs: files and the user's rules are found from here. */
  readonly folder: string;
}

export interface FindAnswer {
  readonly id: number;
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}
