/** A loop over the rows of a DataFrame by `iterrows` or `itertuples`. */
import { syntaxRule } from '../rule.ts';

export const iterrows = syntaxRule({
  id: 'dataframe-iterrows',
  severity: 'critical',
  title: 'Row by row over {{df}} with {{method}}()',
  advice:
    'Each row becomes a Python object, and each value is looked up by name. Calculate with whole columns instead: one operation for all rows.',
  example:
    '# instead of: for {{loopVariable}} in {{df}}.{{method}}(): …\n{{df}}["result"] = {{df}}["a"] * {{df}}["b"]        # whole columns\n{{df}}["flag"] = np.where({{df}}["a"] > 0, "up", "down")  # for if/else',
  docsUrl: 'https://pandas.pydata.org/docs/user_guide/basics.html#iteration',
  match: {
    query: `(call function: (attribute object: (_) @df attribute: (identifier) @method)
      (#any-of? @method "iterrows" "itertuples")) @place`,
    stands: 'iterable',
    cost: 'loop',
    spent: 'cpu',
    // A body that calls a model or a server would not get faster by columns.
    callees: '^(pandas|numpy)\\b',
    types: { df: 'DataFrame' },
    minTurns: 200,
  },
  specificity: 6,
  factor: 5,
  because: 'whole columns are 10 to 1000 times faster than rows; a fifth is left to be sure',
});
