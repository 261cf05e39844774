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

export function databaseSentences(report: Report): string[] {
  const { queries, missingIndexes, findings } = report;
  if (queries.length === 0) return [];
  const patterns = findings
    .filter(({ id }) => N_PLUS_ONE.includes(id))
    .flatMap(({ where }) => where.slice(0, 1).map(formatSource));
  const places = [...new Set(patterns)];
  return [
    ...timeSentences(report),
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

/** Statements of several threads add up to more than the run took: then no share of it is told. */
function timeSentences({ queries, requests, run }: Report): string[] {
  const totalMs = queries.reduce((sum, query) => sum + query.totalMs, 0);
  const count = queries.reduce((sum, query) => sum + query.count, 0);
  const words = countOf(count, 'query', 'queries');
  const served = requests.filter(
    ({ role, queryShare }) => role === 'server' && queryShare !== null,
  );
  const apiMs = served.reduce((sum, request) => sum + request.totalMs, 0);
  const inApiMs = served.reduce((sum, r) => sum + r.totalMs * (r.queryShare ?? 0), 0);
  return [
    totalMs <= run.wallTimeMs
      ? `${formatRoundShare(totalMs / (run.wallTimeMs || 1))} of execution time in ${words}`
      : `${formatMs(totalMs)} in ${words}, all threads together`,
    ...(apiMs > 0
      ? [`${formatRoundShare(inApiMs / apiMs)} of total API time spent in database operations`]
      : []),
  ];
}
