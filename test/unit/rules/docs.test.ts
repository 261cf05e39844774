/** What the documentation says of rules is what there is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { builtinRules, parseRules } from '../../../src/rules/index.ts';
import { ROOT } from '../../support/root.ts';

const text = readFileSync(join(ROOT, 'docs/rules.md'), 'utf8');

it('lists every rule, with the share and the factor that it has', () => {
  const listed = [...text.matchAll(/^\| `([\w-]+)`\s+\|.*\|\s*(\S+)\s*\|\s*(\S+)\s*\|$/gm)].map(
    ([, id, share, factor]) => `${id} ${share} ${factor}`,
  );
  const rules = builtinRules.map(rule => {
    const isMemory = rule.id === 'memory-leak' || rule.id === 'kept-alive';
    const share = isMemory ? '—' : `${Number((rule.minShare * 100).toFixed(2))}%`;
    return `${rule.id} ${share} ${rule.factor === 1 ? '—' : rule.factor}`;
  });
  expect(listed.sort()).toEqual(rules.sort());
});

it('shows a rule of a user that is one', () => {
  const example = /```json\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
  const { rules, notes } = parseRules(example, 'the example');
  expect(notes).toEqual([]);
  expect(rules).toHaveLength(1);
});
