/** Findings of single cells as findings of the run that they make together: none twice, none that no longer matters. */
import type { Finding } from '../profile/index.ts';
import { ms } from '../profile/units.ts';
import { lineKey } from './source-key.ts';

/** What a rule that spoke of one cell counted there, on the run's scale. */
const LEAST_SHARE = 0.01;
const MOST = 20;

/** @param wallMs of the whole run. */
export function mergeFindings(findings: readonly Finding[], wallMs: number): Finding[] {
  const merged = new Map<string, Finding>();
  for (const finding of findings) {
    const [place] = finding.where;
    const key = `${finding.id} ${place ? lineKey(place) : finding.title}`;
    const known = merged.get(key);
    merged.set(key, known ? add(known, finding) : finding);
  }
  return [...merged.values()]
    .map(finding => onScale(finding, wallMs))
    .filter(({ evidence }) => !('share' in evidence) || Number(evidence['share']) >= LEAST_SHARE)
    .sort(
      (a, b) => (b.savesMs ?? 0) - (a.savesMs ?? 0) || (b.savesBytes ?? 0) - (a.savesBytes ?? 0),
    )
    .slice(0, MOST);
}

/** The same place, run by another cell. */
function add(a: Finding, b: Finding): Finding {
  const timeMs = sum(a.evidence['timeMs'], b.evidence['timeMs']);
  const samples = sum(a.evidence['samples'], b.evidence['samples']);
  const savesMs = sum(a.savesMs, b.savesMs);
  return {
    ...a,
    severity: RANK[b.severity] > RANK[a.severity] ? b.severity : a.severity,
    evidence: {
      ...a.evidence,
      ...(timeMs !== undefined && { timeMs }),
      ...(samples !== undefined && { samples }),
    },
    ...(savesMs !== undefined && { savesMs: ms(savesMs) }),
  };
}

const RANK = { info: 0, warning: 1, critical: 2 } as const;

function sum(a: unknown, b: unknown): number | undefined {
  if (typeof a !== 'number') return typeof b === 'number' ? b : undefined;
  return typeof b === 'number' ? a + b : a;
}

function onScale(finding: Finding, wallMs: number): Finding {
  const { timeMs } = finding.evidence;
  if (typeof timeMs !== 'number' || wallMs <= 0) return finding;
  const share = Math.round(Math.min(1, timeMs / wallMs) * 1000) / 1000;
  return { ...finding, evidence: { ...finding.evidence, share } };
}
