/** Independent pieces of work, one after another on one of several cores. */
import { syntaxRule } from '../rule.ts';

export const singleCore = syntaxRule({
  id: 'single-core-work',
  severity: 'info',
  title: '{{function}} is called for each item, on one core of several',
  advice:
    'Where the calls do not need each other, processes can share them: joblib or concurrent.futures. What is sent to a process is copied, so send names or indices and not large arrays.',
  example:
    'from joblib import Parallel, delayed\nresults = Parallel(n_jobs=-1)(delayed({{function}})({{loopVariable}}) for {{loopVariable}} in {{loopIterable}})',
  docsUrl: 'https://joblib.readthedocs.io/en/stable/parallel.html',
  match: {
    query: `
      (list_comprehension body: (call function: (_) @function arguments: (argument_list) @given) @place)
      (call function: (attribute attribute: (identifier) @append) arguments: (argument_list . (call function: (_) @function arguments: (argument_list) @given)) (#eq? @append "append")) @place
      (assignment left: (subscript) right: (call function: (_) @function arguments: (argument_list) @given)) @place`,
    stands: 'loop',
    usesLoopVariable: ['given'],
    time: 'total',
    ownShare: 0.7,
    maxCores: 1.3,
    minTurns: 4,
  },
  minMs: 5000,
  minShare: 0.3,
  specificity: 0,
  factor: 1.5,
  because: 'two cores or more, less the copies between processes',
});
