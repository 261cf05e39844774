/** HTTP requests one after another. */
import { syntaxRule } from '../rule.ts';

export const requestsInLoop = syntaxRule({
  id: 'sequential-requests',
  severity: 'critical',
  title: 'Requests one after another, each waiting for its answer',
  advice:
    'Most of the time is waiting. Send several at once with a thread pool or httpx.AsyncClient, through one Session that keeps connections open; ask for many things in one request where the server can.',
  example:
    'from concurrent.futures import ThreadPoolExecutor\nwith requests.Session() as session, ThreadPoolExecutor(8) as pool:\n    answers = list(pool.map(session.{{method}}, {{loopIterable}}))',
  docsUrl: 'https://docs.python.org/3/library/concurrent.futures.html#threadpoolexecutor',
  match: {
    query: `(call function: [(attribute object: (_) @client attribute: (identifier) @method) (identifier) @method] arguments: (argument_list) @request
      (#any-of? @method "get" "post" "put" "patch" "delete" "request" "urlopen" "urlretrieve" "head")) @place`,
    stands: 'loop',
    usesLoopVariable: ['request'],
    // It serves in the same process: there is nothing to wait for.
    notAssigned: { client: 'TestClient|test_client' },
    callees: '^(requests|httpx|urllib3?|http|aiohttp|niquests)\\b',
    calleeShare: 0.4,
    minTurns: 5,
  },
  // Helpers of the test itself, such as a server in another process, may share the time.
  minShare: 0.03,
  specificity: 6,
  factor: 3,
  because: 'eight at once wait an eighth of the time; a third is left to be sure',
});
