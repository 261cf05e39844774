/** What databases were asked, as sentences. */
import type { Report } from '../../report/index.ts';
import {
  countOf,
  formatCount,
  formatMs,
  formatRoundShare,
  formatSource,
  plain,
} from '../format.ts';

const TOP = 5;
/** The ids of findings that name a statement sent again and again from one line. */
const N_PLUS_ONE = ['n-plus-one', 'query-in-loop'];

export function databaseSentences({ queries, run, missingIndexes, findings }: Report): string[] {
  if (queries.length === 0) return [];
  const totalMs = queries.reduce((sum, query) => sum + query.totalMs, 0);
  const count = queries.reduce((sum, query) => sum + query.count, 0);
  const patterns = findings
    .filter(({ id }) => N_PLUS_ONE.includes(id))
    .flatMap(({ where }) => where.slice(0, 1).map(formatSource));
  const places = [...new Set(patterns)];
  return [
    `${formatRoundShare(totalMs / (run.wallTimeMs || 1))} of execution time in ${countOf(count, 'query', 'queries')}`,
    ...queries
      .slice(0, TOP)
      .map(q => `${formatCount(q.count)} × ${plain(q.statement, 80)} - ${formatMs(q.totalMs)}`),
    ...(places.length > 0
      ? [`N+1 query pattern in ${countOf(places.length, 'place')}: ${places.join(', ')}`]
      : []),
    ...missingIndexes.slice(0, TOP).map(({ table, rows, createIndex, totalMs: spentMs }) => {
      const size = rows === null ? '' : ` of ${countOf(rows, 'row')}`;
      return `Missing index: ${plain(table, 60)}${size} read from end to end, ${formatMs(spentMs)}; ${plain(createIndex, 160)}`;
    }),
  ];
}
