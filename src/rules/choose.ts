/** Of all rules that fit, those worth saying: one a place, none twice, the most that can be saved first. */
import { bytes, ms, type Finding } from '../profile/index.ts';
import type { Candidate } from './candidate.ts';
import { fill } from './template.ts';

/** More are not read. */
const MOST = 8;
/** Of what a rule counted, this must be left when more specific ones have taken theirs. */
const LEFT = 0.5;
const EXPLAINED = 0.3;
/** Of the profile's time: what saves less than the first is a hint, what saves more than the second is critical. */
const WARNING_SHARE = 0.05;
const CRITICAL_SHARE = 0.25;
const CRITICAL_MS = 1000;

export function chooseFindings(
  candidates: readonly Candidate[],
  wallMs: number,
  most = MOST,
): Finding[] {
  const claimed = new Map<string, number>();
  const saidAt = new Set<string>();
  const chosen: Finding[] = [];
  const order = [...candidates].sort(
    (a, b) => b.rule.specificity - a.rule.specificity || (b.timeMs ?? 0) - (a.timeMs ?? 0),
  );
  for (const candidate of order) {
    const place = JSON.stringify(candidate.where[0] ?? candidate.evidence);
    // What claims no line has a remedy of its own, beside whatever else is said there.
    if (candidate.claims.size > 0) {
      if (saidAt.has(place)) continue;
      if (unclaimed(candidate, claimed) < LEFT) continue;
      if (candidate.rule.specificity === 0 && isExplained(candidate, chosen)) continue;
      saidAt.add(place);
      for (const [line, spent] of candidate.claims)
        claimed.set(line, Math.max(spent, claimed.get(line) ?? 0));
    }
    chosen.push(toFinding(candidate, wallMs));
  }
  return chosen
    .sort(
      (a, b) => (b.savesMs ?? 0) - (a.savesMs ?? 0) || (b.savesBytes ?? 0) - (a.savesBytes ?? 0),
    )
    .slice(0, most);
}

/** For the most general advice: something more precise was said about much of the same time. */
const isExplained = ({ timeMs = 0 }: Candidate, chosen: readonly Finding[]): boolean =>
  chosen.some(({ evidence }) => Number(evidence['timeMs'] ?? 0) >= timeMs * EXPLAINED);

/** The part of its time on which nobody spoke yet. */
function unclaimed({ claims }: Candidate, claimed: ReadonlyMap<string, number>): number {
  let [all, left] = [0, 0];
  for (const [line, spent] of claims) {
    all += spent;
    left += Math.max(0, spent - (claimed.get(line) ?? 0));
  }
  return all > 0 ? left / all : 1;
}

function toFinding(candidate: Candidate, wallMs: number): Finding {
  const { rule, timeMs, savesBytes } = candidate;
  const saves =
    candidate.savesMs ??
    (timeMs !== undefined && rule.factor > 1 ? timeMs * (1 - 1 / rule.factor) : 0);
  const example = rule.example && fill(rule.example, candidate.values, Infinity);
  return {
    id: rule.id,
    severity: severityOf(candidate, saves, wallMs),
    title: fill(rule.title, candidate.values),
    advice: fill(rule.advice, candidate.values),
    ...(example && { example }),
    ...(rule.docsUrl !== undefined && { docsUrl: rule.docsUrl }),
    where: [...candidate.where],
    evidence: {
      ...(timeMs !== undefined && { timeMs: Math.round(timeMs), share: round(candidate.share) }),
      ...(candidate.samples !== undefined && { samples: candidate.samples }),
      ...candidate.evidence,
      ...(rule.because !== undefined && saves > 0 && { savesBecause: rule.because }),
    },
    ...(saves > 0 && { savesMs: ms(Math.round(saves)) }),
    ...(savesBytes !== undefined && { savesBytes: bytes(savesBytes) }),
  };
}

function severityOf(
  { rule, timeMs }: Candidate,
  savesMs: number,
  wallMs: number,
): Finding['severity'] {
  if (timeMs === undefined || rule.severity === 'info') return rule.severity;
  if (savesMs < WARNING_SHARE * wallMs) return 'info';
  const isCritical = savesMs >= CRITICAL_SHARE * wallMs && savesMs >= CRITICAL_MS;
  return isCritical ? rule.severity : 'warning';
}

const round = (share: number): number => Math.round(share * 1000) / 1000;
