/** Finds where a rule about syntax fits, and weighs it with the time measured there. */
import {
  heatOfLines,
  lineKey,
  sumOffCpu,
  type LineHeat,
  type RangeHeat,
} from '../analysis/index.ts';
import type { QueryMatch } from './syntax/syntax.ts';
import type { Candidate } from './candidate.ts';
import type { ParsedText, RuleContext } from './context.ts';
import { fits } from './fits.ts';
import type { Match, SyntaxRule } from './rule.ts';
import { loopAround, loopOver, statementOf } from './syntax/scopes.ts';

/** @throws Error when the rule's query is not one. */
export function matchRule(rule: SyntaxRule, context: RuleContext): Candidate[] {
  const query = context.syntax?.query(rule.match.query);
  if (!query) return [];
  return [...context.texts.values()].flatMap(text =>
    query
      .matches(text.tree.rootNode)
      .flatMap(found => candidateAt(rule, found, text, context) ?? []),
  );
}

function candidateAt(
  rule: SyntaxRule,
  found: QueryMatch,
  text: ParsedText,
  context: RuleContext,
): Candidate | undefined {
  const { match } = rule;
  const captures = new Map(found.captures.map(({ name, node }) => [name, node]));
  const place = captures.get('place');
  if (!place) return undefined;
  // The cheapest question first: most of a notebook is cold.
  const loop = match.stands === 'iterable' ? loopOver(place) : loopAround(place);
  if (match.stands !== 'anywhere' && !loop && !match.acrossCalls) return undefined;
  const cost = (match.cost === 'loop' && loop ? loop.node : null) ?? statementOf(place);
  const range = heatOfLines(
    context.heat.texts.get(text.key),
    cost.startPosition.row + 1,
    cost.endPosition.row + 1,
  );
  const claims = claimsOf(range, match);
  const elsewhere = range.lines.reduce((sum, line) => sum + elsewhereMs(line, match), 0);
  const timeMs =
    match.time === 'total'
      ? Math.max(0, range.totalMs - elsewhere)
      : [...claims.values()].reduce((a, b) => a + b, 0);
  const share = context.heat.wallMs > 0 ? timeMs / context.heat.wallMs : 0;
  if (timeMs < rule.minMs || share < rule.minShare) return undefined;
  if (match.time === 'self' && range.samples < rule.minSamples) return undefined;
  if (!provenByCallees(range, match)) return undefined;
  if (range.totalMs - range.selfMs < match.ownShare * range.totalMs) return undefined;
  if (!fits({ match, captures, place, loop, range, context })) return undefined;

  const placeLine = place.startPosition.row + 1;
  const hottest = hottestOf(range, match);
  const where = [text.sourceOf(placeLine)];
  if (hottest && hottest.source.line !== placeLine) where.push(hottest.source);
  return {
    rule,
    where,
    timeMs,
    share,
    samples: range.samples,
    claims,
    values: {
      ...Object.fromEntries([...captures].map(([name, node]) => [name, node.text])),
      loopVariable: loop?.variable ?? '',
      loopIterable: loop?.iterable ?? '',
    },
    evidence: {},
  };
}

/** Of each line, the time that the advice is about. */
function claimsOf(range: RangeHeat, match: Match): Map<string, number> {
  return new Map(range.lines.map(line => [lineKey(line.source), countedMs(line, match)]));
}

function countedMs(line: LineHeat, match: Match): number {
  const elsewhere = elsewhereMs(line, match);
  if (match.time === 'total') return Math.max(0, line.totalMs - elsewhere);
  const waited = sumOffCpu(line.offCpuMs);
  const spent =
    match.spent === 'any' ? line.selfMs : match.spent === 'waiting' ? waited : line.selfMs - waited;
  if (match.callees === undefined) return Math.max(0, spent);
  const counted = new RegExp(match.callees);
  if (match.calleesOnly)
    return [...line.callees].reduce((sum, [name, ms]) => (counted.test(name) ? sum + ms : sum), 0);
  return Math.max(0, Math.min(spent, line.selfMs - elsewhere));
}

/** In library functions that the rule is not about. */
function elsewhereMs(line: LineHeat, { callees }: Match): number {
  if (callees === undefined) return 0;
  const counted = new RegExp(callees);
  return [...line.callees].reduce((sum, [name, ms]) => (counted.test(name) ? sum : sum + ms), 0);
}

function provenByCallees(range: RangeHeat, match: Match): boolean {
  if (match.calleeShare === 0 || match.callees === undefined) return true;
  const counted = new RegExp(match.callees);
  const ms = range.lines
    .flatMap(line => [...line.callees])
    .reduce((sum, [name, spent]) => (counted.test(name) ? sum + spent : sum), 0);
  return ms >= match.calleeShare * range.selfMs && ms > 0;
}

const hottestOf = (range: RangeHeat, match: Match): LineHeat | undefined =>
  range.lines.reduce<LineHeat | undefined>(
    (best, line) => (best && countedMs(best, match) >= countedMs(line, match) ? best : line),
    undefined,
  );
