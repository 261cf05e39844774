/** A rule that fits somewhere, before it is weighed against the others. */
import type { Source } from '../profile/index.ts';
import type { Rule } from './rule.ts';
import type { Values } from './template.ts';

export interface Candidate {
  readonly rule: Rule;
  /** Where to look, the place itself first. */
  readonly where: readonly Source[];
  /** The time that the advice is about; undefined where it is about memory. */
  readonly timeMs: number | undefined;
  /** Of the profile's time. */
  readonly share: number;
  readonly samples: number | undefined;
  /** Time by line (`lineKey`), so that one place gets one advice; none where another remedy does not replace it. */
  readonly claims: ReadonlyMap<string, number>;
  /** For the texts, and for the finding's evidence. */
  readonly values: Values;
  readonly evidence: Readonly<Record<string, string | number | boolean>>;
  /** Where the analysis knows better than the rule's factor. */
  readonly savesMs?: number;
  readonly savesBytes?: number;
}
