/** Compares what was found and measured with what a study expects. Pure. */
import type { Finding, Profile, Source } from '../../src/profile/index.ts';
import type { FindingExpectation, Study, Timings } from './expectations.ts';
import { measuredShare } from './measured-share.ts';
import { placeMatcher, type ReadFile } from './place.ts';

/** As the product promises: within five points of what the notebook times by itself. */
export const SHARE_TOLERANCE = 0.05;

export interface CheckedFinding {
  readonly expected: FindingExpectation;
  /** Null when nothing says it, or not at that line. */
  readonly found: Finding | null;
}

export interface CheckedShare {
  readonly part: string;
  readonly ours: number;
  /** Null when the notebook did not time it. */
  readonly notebook: number | null;
  readonly agrees: boolean;
}

export const checkFindings = (
  study: Study,
  slow: Profile,
  readFile: ReadFile,
): readonly CheckedFinding[] =>
  study.findings.map(expected => ({
    expected,
    found: slow.findings.find(finding => says(finding, expected, slow, readFile)) ?? null,
  }));

function says(
  finding: Finding,
  { rules, at, names }: FindingExpectation,
  profile: Profile,
  readFile: ReadFile,
): boolean {
  if (!rules.includes(finding.id)) return false;
  const words = [finding.title, finding.advice, ...Object.values(finding.evidence)].join('\n');
  if (names !== undefined && !words.includes(names)) return false;
  if (!at) return true;
  const places = at.map(place => placeMatcher(profile, place, readFile));
  return finding.where.some(source => places.some(isAt => isAt(source)));
}

/** Findings of the improved notebook that the study's remedies should have ended: in the same cell, or in the same file. */
export function checkGone(study: Study, improved: Profile): readonly Finding[] {
  return improved.findings.filter(
    finding =>
      study.alsoGone.includes(finding.id) ||
      study.findings.some(
        ({ rules, at }) =>
          rules.includes(finding.id) &&
          (!at || finding.where.some(source => at.some(place => isIn(source, place.in, improved)))),
      ),
  );
}

function isIn(source: Source, slowPlace: string, improved: Profile): boolean {
  if ('file' in source) return source.file.endsWith(slowPlace.replace(/^slow\//, 'improved/'));
  const cell = improved.cells.find(
    ({ executionCount }) => executionCount === source.executionCount,
  );
  return cell?.cellId === slowPlace;
}

export const checkShares = (
  study: Study,
  slow: Profile,
  timings: Timings,
  readFile: ReadFile,
): readonly CheckedShare[] =>
  study.shares.map(({ part, measured }) => {
    const ours = measuredShare(slow, measured, readFile);
    const seconds = timings.parts[part];
    const notebook = seconds === undefined ? null : seconds / timings.totalSeconds;
    const agrees = notebook !== null && Math.abs(ours - notebook) <= SHARE_TOLERANCE;
    return { part, ours, notebook, agrees };
  });
