/** From a profile to its findings. Pure but for the parser's own memory. */
import type { Finding, Profile } from '../profile/index.ts';
import { builtinRules } from './builtin/index.ts';
import type { Candidate } from './candidate.ts';
import { chooseFindings } from './choose.ts';
import { closeContext, openContext, type ReadText, type RuleContext } from './context.ts';
import { evidence } from './evidence/index.ts';
import { matchRule } from './match.ts';
import type { Rule } from './rule.ts';
import type { Syntax } from './syntax/syntax.ts';

export interface FindOptions {
  /** Texts that are not in the profile: the user's files, cells that ran before. */
  readonly readText?: ReadText;
  /** Cells that ran before, whose names are in use. */
  readonly earlier?: readonly string[];
  /** The user's own, beside ours. */
  readonly rules?: readonly Rule[];
  /** How many findings at most. */
  readonly most?: number;
}

export interface Findings {
  readonly findings: readonly Finding[];
  /** What went wrong, a sentence each. */
  readonly notes: readonly string[];
}

const NO_SYNTAX =
  'Code was not read for findings, because the parser could not be loaded: only what was measured by itself is told.';

export function findFindings(
  profile: Profile,
  syntax: Syntax | null,
  { readText, earlier = [], rules = [], most }: FindOptions = {},
): Findings {
  const context = openContext(profile, syntax, readText, earlier);
  const notes = syntax ? [] : [NO_SYNTAX];
  try {
    const candidates = [...builtinRules, ...rules].flatMap(rule => apply(rule, context, notes));
    return { findings: chooseFindings(candidates, context.heat.wallMs, most), notes };
  } finally {
    closeContext(context);
  }
}

/** Compiles the queries of all rules of ours: the first to ask would wait for it. */
export function warmRules(syntax: Syntax): void {
  for (const rule of builtinRules) if ('match' in rule) syntax.query(rule.match.query);
}

/** A rule that fails is one that is missing, and no more. */
function apply(rule: Rule, context: RuleContext, notes: string[]): Candidate[] {
  try {
    return 'match' in rule ? matchRule(rule, context) : evidence[rule.evidence](rule, context);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    notes.push(`The rule ${rule.id} was left out: ${reason.split('\n')[0]}.`);
    return [];
  }
}
