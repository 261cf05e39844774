/**
 * What a rule is: data, so that a user's JSON file and a rule of ours are the same thing.
 *
 * A rule looks either at the syntax of hot code (`match`) or at what an analysis found (`evidence`). Both ways it says
 * nothing unless enough measured time stands behind it.
 */
import * as z from 'zod';

const Regex = z.string().refine(isRegex, 'is not a regular expression');

function isRegex(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

export const MatchSchema = z.strictObject({
  /** A tree-sitter query. `@place` is what the finding points at; other captures are names for the texts. */
  query: z.string().min(1),
  /**
   * Where the place must stand. `loop`: in what a loop repeats. `iterable`: in what a loop goes over, which is run once.
   */
  stands: z.enum(['loop', 'iterable', 'anywhere']).default('anywhere'),
  /** Whose lines' time counts: the statement of the place, or the whole loop around it. */
  cost: z.enum(['statement', 'loop']).default('statement'),
  /** `self`: in those lines and the libraries that they call. `total`: with the user's own functions below them. */
  time: z.enum(['self', 'total']).default('self'),
  /** Time on the CPU, time waited, or both. */
  spent: z.enum(['cpu', 'waiting', 'any']).default('any'),
  /** Of the time, only the interpreter's own and what was spent in these library functions counts. */
  callees: Regex.optional(),
  /** At least this share of the lines' own time must have been in `callees`: the proof that names mean what they say. */
  calleeShare: z.number().min(0).max(1).default(0),
  /** Only the time in `callees` counts. */
  calleesOnly: z.boolean().default(false),
  /** Captures that name the loop's variable. */
  usesLoopVariable: z.array(z.string()).default([]),
  /** The same, of any loop around, in this function or by what callers pass to it. */
  usesAnyLoop: z.array(z.string()).default([]),
  /** Captures in which nothing changes from one turn of the loop to the next. */
  invariant: z.array(z.string()).default([]),
  /** Captures that live on from turn to turn: set before the loop, and in it only from themselves. */
  carried: z.array(z.string()).default([]),
  /** The loop must itself stand in a loop, or in a function that one calls. */
  nested: z.boolean().default(false),
  /** The function around may itself be called in a loop, always with the same: it counts as `invariant`. */
  acrossCalls: z.boolean().default(false),
  /** Types of captured variables, where the profile knows them: none other may stand there. */
  types: z.record(z.string(), Regex).default({}),
  /** Captured names to which the same text assigns something that matches. */
  assigned: z.record(z.string(), Regex).default({}),
  /** The same, turned round: what the code must not assign to it. */
  notAssigned: z.record(z.string(), Regex).default({}),
  /** Captured names that hold lists, as far as the profile or the code tells. */
  isList: z.array(z.string()).default([]),
  /** Captured names of whole numbers set in the code that must be smaller. */
  lessThan: z.record(z.string(), z.number()).default({}),
  /** Captures that stand twice in the statement, and are most of its work. */
  twice: z.array(z.string()).default([]),
  /** Of the time, this share was in functions of the user's own that the lines called. */
  ownShare: z.number().min(0).max(1).default(0),
  /** The cells used at most so many cores of more. */
  maxCores: z.number().positive().optional(),
  /** Texts that must not stand in the place. */
  without: Regex.optional(),
  /** For loops whose number of turns is known: fewer than this are no problem. */
  minTurns: z.number().int().positive().default(50),
});
export type Match = z.infer<typeof MatchSchema>;

/** The analyses in `evidence/`, by name. */
export const EVIDENCE = [
  'n-plus-one',
  'missing-index',
  'repeated-reads',
  'many-opens',
  'memory-leak',
  'lock-contention',
  'pool-saturation',
  'slow-loading',
  'kept-alive',
] as const;
export type EvidenceName = (typeof EVIDENCE)[number];

const rule = {
  id: z.string().regex(/^[a-z][a-z0-9-]{1,59}$/, 'is made of small letters, digits and hyphens'),
  /** The kernel's language whose syntax it reads. */
  language: z.literal('python').default('python'),
  /** At most: a finding that saves little is told as a hint. */
  severity: z.enum(['info', 'warning', 'critical']).default('warning'),
  /** `{{name}}` stands for a capture or a figure. */
  title: z.string().min(1).max(200),
  advice: z.string().min(1).max(600),
  example: z.string().max(1000).optional(),
  docsUrl: z.url().optional(),
  /** Of the measured time, that of the profile's cells together. */
  minShare: z.number().min(0).max(1).default(0.05),
  minMs: z.number().nonnegative().default(250),
  minSamples: z.number().int().nonnegative().default(5),
  /** Where several rules fit the same lines, the highest speaks. */
  specificity: z.number().int().min(0).max(10).default(5),
  /** By what factor the counted time shrinks, chosen low. */
  factor: z.number().min(1).default(1),
  /** Where the factor comes from. */
  because: z.string().max(200).optional(),
};

export const SyntaxRuleSchema = z.strictObject({ ...rule, match: MatchSchema });
export const EvidenceRuleSchema = z.strictObject({ ...rule, evidence: z.enum(EVIDENCE) });
export type SyntaxRule = z.infer<typeof SyntaxRuleSchema>;
export type EvidenceRule = z.infer<typeof EvidenceRuleSchema>;
export type Rule = SyntaxRule | EvidenceRule;

/** A rule of ours, as written: defaults are left out. */
export const syntaxRule = (data: z.input<typeof SyntaxRuleSchema>): SyntaxRule =>
  SyntaxRuleSchema.parse(data);
export const evidenceRule = (data: z.input<typeof EvidenceRuleSchema>): EvidenceRule =>
  EvidenceRuleSchema.parse(data);
