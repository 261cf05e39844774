/** The same calculation in each turn of a loop. */
import { syntaxRule } from '../rule.ts';

export const redundantCall = syntaxRule({
  id: 'redundant-call',
  severity: 'critical',
  title: 'The same calculation in each turn: {{call}}',
  advice:
    'Nothing that goes into it changes in the loop, so each turn gives the same. Calculate it once before the loop, or keep results by functools.cache.',
  example:
    'once = {{call}}      # before the loop\nfor {{loopVariable}} in {{loopIterable}}:\n    …  # uses once',
  docsUrl: 'https://docs.python.org/3/library/functools.html#functools.cache',
  match: {
    query: `(assignment left: (_) @target right: [
      (call) @call
      (subscript value: (call) @call)
      (subscript value: (attribute object: (call) @call))
      (attribute object: (call) @call)
    ]) @place`,
    stands: 'loop',
    time: 'total',
    invariant: ['call'],
    acrossCalls: true,
    minTurns: 2,
  },
  minShare: 0.02,
  specificity: 8,
  factor: 2,
  because: 'a loop turns twice at least; with n turns all but one of n are saved',
});
