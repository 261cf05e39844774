/** A large variable that is held to the end and used no more. */
import { evidenceRule } from '../rule.ts';

export const keptAlive = evidenceRule({
  id: 'kept-alive',
  severity: 'info',
  evidence: 'kept-alive',
  title: '{{name}} is held to the end and used no more after this',
  advice:
    'Delete it after its last use, or make it inside of a function, and its memory is free for what follows.',
  example: 'del {{name}}',
  docsUrl: 'https://docs.python.org/3/reference/simple_stmts.html#the-del-statement',
  specificity: 5,
  minSamples: 0,
});
