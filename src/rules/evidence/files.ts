/** Files read more than once, or in great numbers. */
import {
  findManyFiles,
  findRepeatedFiles,
  lineKey,
  type RepeatedFile,
} from '../../analysis/index.ts';
import type { Source } from '../../profile/index.ts';
import type { Candidate } from '../candidate.ts';
import type { RuleContext } from '../context.ts';
import type { EvidenceRule } from '../rule.ts';
import { claim, heatAt } from './place.ts';

export function repeatedReads(rule: EvidenceRule, context: RuleContext): Candidate[] {
  const byLine = new Map<string, RepeatedFile[]>();
  for (const file of findRepeatedFiles(context.profile.cells)) {
    const key = file.sources.map(lineKey).join(' ');
    byLine.set(key, [...(byLine.get(key) ?? []), file]);
  }
  return [...byLine.values()].flatMap(files => {
    const [first] = files;
    if (!first) return [];
    const heat = (source: Source) => heatAt(context, source)?.selfMs ?? 0;
    const where = [...first.sources].sort((a, b) => heat(b) - heat(a));
    const timeMs = where.reduce((sum, source) => sum + heat(source), 0);
    const name = first.path.split(/[\\/]/).at(-1) ?? first.path;
    const more = files.length - 1;
    return claim(rule, context, {
      where: where.slice(0, 4),
      timeMs,
      // Every reading but the first.
      savesMs: timeMs * (1 - 1 / first.opens),
      values: {
        file: more > 0 ? `Each of ${name} and ${more} more files` : name,
        count: first.opens,
      },
      evidence: {
        path: first.path,
        files: files.length,
        count: first.opens,
        readBytes: files.reduce((sum, file) => sum + file.readBytes, 0),
      },
    });
  });
}

/** Fewer are opened one by one and nobody notices. */
const MANY_FILES = 50;

export function manyOpens(rule: EvidenceRule, context: RuleContext): Candidate[] {
  return findManyFiles(context.profile.cells, MANY_FILES).flatMap(({ source, files, opens }) =>
    claim(rule, context, {
      where: [source],
      timeMs: heatAt(context, source)?.selfMs ?? 0,
      values: { files, count: opens },
      evidence: { files, count: opens },
    }),
  );
}
