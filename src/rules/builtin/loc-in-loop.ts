/** Single values of a DataFrame by `.loc`, `.iloc`, `.at` in a loop. */
import { syntaxRule } from '../rule.ts';

export const locInLoop = syntaxRule({
  id: 'dataframe-loc-in-loop',
  title: 'Value by value with {{df}}.{{indexer}} in a loop',
  advice:
    'Each access looks up a label and wraps the value, thousands of times the cost of the value itself. Take the column out as an array before the loop, or calculate with whole columns.',
  example:
    'values = {{df}}["column"].to_numpy()   # once, before the loop\nfor i in range(len(values)):\n    values[i]',
  docsUrl: 'https://pandas.pydata.org/docs/user_guide/enhancingperf.html',
  match: {
    query: `(subscript value: (attribute object: (_) @df attribute: (identifier) @indexer) subscript: (_) @at
      (#any-of? @indexer "loc" "iloc" "at" "iat")) @place`,
    stands: 'loop',
    usesLoopVariable: ['at'],
    spent: 'cpu',
    callees: '^(pandas|numpy)\\b',
    calleeShare: 0.3,
    types: { df: 'DataFrame|Series' },
    without: '(:|[=!]=|[<>&|~]|isin|mask)',
    minTurns: 200,
  },
  factor: 5,
  because: 'an array gives a value some hundred times faster; a fifth is left to be sure',
});
