/** The way in for rules of users: a file's text becomes rules, or one clear sentence. */
import { builtinRules } from './builtin/index.ts';
import { SyntaxRuleSchema, type Rule } from './rule.ts';
import { slotsOf } from './template.ts';

/** Beside a rule's own captures. */
const GIVEN = ['loopVariable', 'loopIterable'];

/** @param text of a JSON file: one rule, or a list of them. @param name how sentences call the file. */
export function parseRules(text: string, name: string): { rules: Rule[]; notes: string[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { rules: [], notes: [`The rules in ${name} were left out: it is not JSON.`] };
  }
  const rules: Rule[] = [];
  const notes: string[] = [];
  (Array.isArray(json) ? (json as unknown[]) : [json]).forEach((value, i, all) => {
    const which = all.length > 1 ? `Rule ${i + 1} in ${name}` : `The rule in ${name}`;
    const parsed = SyntaxRuleSchema.safeParse(value);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const path = issue?.path.join('.') || 'the whole';
      notes.push(`${which} was left out: ${path}: ${issue?.message ?? 'not a rule'}.`);
      return;
    }
    const problem = problemOf(parsed.data);
    if (problem === undefined) rules.push(parsed.data);
    else notes.push(`${which} was left out: ${problem}.`);
  });
  return { rules, notes };
}

function problemOf(rule: Rule & { match: { query: string } }): string | undefined {
  if (builtinRules.some(({ id }) => id === rule.id))
    return `the id ${rule.id} belongs to a rule of PyPerf’s own`;
  const captures = [...rule.match.query.matchAll(/@([\w.]+)/g)].map(match => match[1]);
  if (!captures.includes('place')) return 'its query has no @place';
  const texts = [rule.title, rule.advice, rule.example ?? ''];
  const unknown = texts
    .flatMap(slotsOf)
    .find(slot => !captures.includes(slot) && !GIVEN.includes(slot));
  return unknown === undefined ? undefined : `{{${unknown}}} is no capture of its query`;
}
