/** HTTP routes with their mean response time, as sentences. */
import type { Report, RequestUse } from '../../report/index.ts';
import { countOf, formatCount, formatMs, formatRoundShare, plain } from '../format.ts';

const TOP = 10;
/** One statement more or less says nothing. */
const WORTH_TELLING_QUERIES = 2;

export const endpointSentences = ({ requests }: Report): string[] => {
  const served = requests.filter(({ role }) => role === 'server').slice(0, TOP);
  const sent = requests.filter(({ role }) => role === 'client').slice(0, TOP);
  return [...served, ...sent].map(
    request =>
      `${endpointName(request)}: ${formatMs(request.meanMs)} (${endpointDetails(request).join(', ')})`,
  );
};

/** `GET /api/users/{id}`, `calls GET example.org/items`. */
export const endpointName = ({
  role,
  method,
  route,
}: Pick<RequestUse, 'role' | 'method' | 'route'>): string =>
  `${role === 'client' ? 'calls ' : ''}${plain(method, 20)} ${plain(route, 100)}`;

/** `40 requests`, `p95 5.9 s`, `73% in 101 queries each`, `1 failed`. */
export function endpointDetails(request: RequestUse): string[] {
  const { count, errors, p95Ms, p95IsBound, queryShare, queriesEach } = request;
  const details = [countOf(count, 'request')];
  if (count > 1) details.push(`p95 ${p95IsBound ? 'at most ' : ''}${formatMs(p95Ms)}`);
  if (queryShare !== null && queryShare > 0) {
    const each = queriesEach ?? 0;
    const often = each >= WORTH_TELLING_QUERIES ? `${formatCount(each)} queries each` : 'queries';
    details.push(`${formatRoundShare(queryShare)} in ${often}`);
  }
  if (errors > 0) details.push(`${formatCount(errors)} failed`);
  return details;
}

/** `GET /a: 20.0 ms alone, 310 ms with 16 callers at once`; null where the load never changed. */
export function loadWords(request: RequestUse): string | null {
  const [least] = request.byCallers;
  const most = request.byCallers.at(-1);
  if (!least || !most || least === most) return null;
  const alone = least.callers === 1 ? 'alone' : `with ${formatCount(least.callers)} callers`;
  return `${endpointName(request)}: ${formatMs(least.meanMs)} ${alone}, ${formatMs(most.meanMs)} with ${formatCount(most.callers)} callers at once`;
}
