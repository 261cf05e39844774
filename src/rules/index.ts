/** Findings: what is slow, why, and what to do about it. `findFindings` is the way in. */
export * from './find-findings.ts';
export * from './rule.ts';
export * from './parse-rules.ts';
export { builtinRules } from './builtin/index.ts';
export { openSyntax, type Syntax, type SyntaxBytes } from './syntax/syntax.ts';
export type { ReadText } from './context.ts';
