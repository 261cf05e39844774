/** Rules of the user's own: JSON files in `.pyperf/rules` beside the notebook, and in the user's settings. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseRules, type Rule } from '../../src/rules/index.ts';

export interface UserRules {
  readonly rules: readonly Rule[];
  /** What is wrong with files that were left out, a sentence each. */
  readonly notes: readonly string[];
}

const MAX_FILES = 100;
const MAX_BYTES = 100_000;

/** The settings folder as XDG and Windows name it. */
export function settingsRulesFolder(env: NodeJS.ProcessEnv): string {
  const base = env['APPDATA'] ?? env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
  return join(base, 'pyperf', 'rules');
}

/** @param folder the notebook's. Its rules stand before those of the settings folder. */
export function readUserRules(folder: string, env: NodeJS.ProcessEnv): UserRules {
  const rules = new Map<string, Rule>();
  const notes: string[] = [];
  for (const place of [join(folder, '.pyperf', 'rules'), settingsRulesFolder(env)])
    for (const file of ruleFiles(place)) {
      const found = readRules(file);
      notes.push(...found.notes);
      for (const rule of found.rules) if (!rules.has(rule.id)) rules.set(rule.id, rule);
    }
  return { rules: [...rules.values()], notes };
}

function ruleFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter(name => name.endsWith('.json'))
      .sort()
      .slice(0, MAX_FILES)
      .map(name => join(folder, name));
  } catch {
    return [];
  }
}

function readRules(file: string): UserRules {
  try {
    const stat = statSync(file);
    if (!stat.isFile() || stat.size > MAX_BYTES)
      return { rules: [], notes: [`The rules in ${file} were left out: it is too large.`] };
    return parseRules(readFileSync(file, 'utf8'), file);
  } catch (error) {
    return {
      rules: [],
      notes: [`The rules in ${file} were left out: ${(error as Error).message}.`],
    };
  }
}
