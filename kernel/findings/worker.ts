/**
 * Entry of the findings worker: parsing takes memory and time that the path of messages has not, so it is done here.
 * Started when a profiled cell has run for a while, ended when none was for another while.
 */
import { parentPort } from 'node:worker_threads';
import { findFindings, warmRules } from '../../src/rules/index.ts';
import { loadSyntax } from './load-syntax.ts';
import type { FindAnswer, FindRequest } from './protocol.ts';
import { readSourceFile } from './read-text.ts';
import { readUserRules } from './user-rules.ts';

const syntax = loadSyntax().then(loaded => {
  // The cell still runs, and waits for nothing.
  if (loaded) warmRules(loaded);
  return loaded;
});

parentPort?.on('message', (request: FindRequest) => {
  void answer(request).then(found => parentPort?.postMessage(found));
});

async function answer({ id, profile, earlier, folder }: FindRequest): Promise<FindAnswer> {
  try {
    const users = readUserRules(folder, process.env);
    const { findings, notes } = findFindings(profile, await syntax, {
      readText: source =>
        'file' in source ? readSourceFile(source, folder) : earlier[source.executionCount],
      earlier: Object.values(earlier),
      rules: users.rules,
    });
    return { id, findings, notes: [...users.notes, ...notes] };
  } catch (error) {
    return { id, findings: [], notes: [`Findings are missing: ${(error as Error).message}.`] };
  }
}
