/** Reads a budget: YAML, of which JSON is a part. */
import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import type * as z from 'zod';
import { CliError, systemReason } from '../errors.ts';
import { BudgetSchema, type Budget } from './schema.ts';

/** @throws CliError in a sentence that names the file and the place in it. */
export function readBudget(path: string): Budget {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new CliError(`cannot read ${path}: ${systemReason(error)}`, undefined, { cause: error });
  }
  return parseBudget(text, path);
}

/** @throws CliError */
export function parseBudget(text: string, path: string): Budget {
  const document = parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  if (error)
    throw new CliError(`${path} is neither YAML nor JSON: ${error.message.split('\n')[0]}`);
  const result = BudgetSchema.safeParse(document.toJS() ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new CliError(`${path}: ${issue ? describe(issue) : 'it is no budget'}`);
}

function describe(issue: z.core.$ZodIssue): string {
  const where = placeOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map(key => `"${key}"`).join(', ');
    return `${where} has the unknown key ${keys}; known are ${knownKeys(issue.path).join(', ')}`;
  }
  // Of the forms that a regression may have, the one that was meant is the object.
  if (issue.code === 'invalid_union') {
    const inner = issue.errors.flat().find(found => found.code === 'unrecognized_keys');
    if (inner) return describe({ ...inner, path: [...issue.path, ...inner.path] });
    return `${where} must be a percentage, such as 10%, or time and memory with one each`;
  }
  if (issue.code === 'invalid_type') return `${where} must be ${article(issue.expected)}`;
  return `${where} ${issue.message}`;
}

function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  const [first] = path;
  if (first === undefined) return ['notebook', 'cells', 'baseline', 'maxRegression'];
  return first === 'cells' ? ['label', 'id', 'index', 'time', 'memory'] : ['time', 'memory'];
}

/** `cells[0].time`, as one would write it in code; `the budget` for the whole. */
const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map(key => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '') || 'the budget';

const article = (type: string): string =>
  ({ object: 'a list of keys with values', array: 'a list', string: 'a text' })[type] ??
  `a ${type}`;
