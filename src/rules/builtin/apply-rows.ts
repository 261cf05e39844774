/** `DataFrame.apply(…, axis=1)`: a Python call for each row. */
import { syntaxRule } from '../rule.ts';

export const applyRows = syntaxRule({
  id: 'dataframe-apply-rows',
  title: '{{df}}.apply(axis=1) calls a Python function for each row',
  advice:
    'pandas builds a Series of each row and calls the function with it. Write the calculation with whole columns; np.where and np.select take the place of if and else.',
  example: '{{df}}["result"] = np.where({{df}}["a"] > 0, {{df}}["a"] * {{df}}["b"], 0)',
  docsUrl: 'https://pandas.pydata.org/docs/user_guide/enhancingperf.html',
  match: {
    query: `(call function: (attribute object: (_) @df attribute: (identifier) @method)
      arguments: (argument_list (keyword_argument name: (identifier) @axis value: (_) @rows))
      (#eq? @method "apply") (#eq? @axis "axis") (#match? @rows "^(1|.columns.)$")) @place`,
    time: 'total',
    types: { df: 'DataFrame' },
  },
  specificity: 6,
  factor: 5,
  because:
    'whole columns are 10 to 100 times faster than a call for each row; a fifth is left to be sure',
});
