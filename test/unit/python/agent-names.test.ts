/** The agent's files are joined into one piece of code: no two of them may use a name for different things. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const AGENT = join(import.meta.dirname, '../../../kernel/languages/python/agent');

/** Defined at the top level; an import under its usual name may stand in several files. */
const namesIn = (text: string): string[] =>
  [...text.matchAll(/^(?:class|def) (\w+)|^(_\w+)(?:, _\w+)* = (?!_)/gm)].map(
    match => match[1] ?? match[2] ?? '',
  );

/** Files that define a name that another file of the folder defines, too. */
function clashes(folder: string): string[] {
  const owners = new Map<string, string[]>();
  for (const file of readdirSync(folder).filter(name => name.endsWith('.py'))) {
    for (const name of new Set(namesIn(readFileSync(join(folder, file), 'utf8'))))
      owners.set(name, [...(owners.get(name) ?? []), file]);
  }
  return [...owners]
    .filter(([, files]) => files.length > 1)
    .map(([name, files]) => `${name}: ${files.join(', ')}`);
}

describe('names of the agent', () => {
  it.each(['.', 'evidence'])('are used once in %s', folder => {
    expect(clashes(join(AGENT, folder))).toEqual([]);
  });

  it('are found', () => {
    expect(namesIn('_MAX = 3\nclass _A:\n    _b = 2\ndef f():\n_a, _b = 1, 2')).toEqual([
      '_MAX',
      '_A',
      'f',
      '_a',
    ]);
  });
});
