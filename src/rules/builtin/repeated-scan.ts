/** All of a table or list searched in each turn of a loop. */
import { syntaxRule } from '../rule.ts';

export const repeatedScan = syntaxRule({
  id: 'repeated-scan',
  severity: 'critical',
  title: '{{table}} is searched whole in each turn',
  advice:
    'Each turn compares every row to find a few. Group the rows once before the loop (groupby, or a dict of lists), then look each group up.',
  example:
    'groups = dict(list({{table}}.groupby("key")))        # once\nfor {{loopVariable}} in {{loopIterable}}:\n    rows = groups.get({{loopVariable}})',
  docsUrl: 'https://pandas.pydata.org/docs/user_guide/groupby.html',
  match: {
    query: `
      (subscript value: (_) @table subscript: (comparison_operator (_) @left (_) @right) @condition) @place
      (subscript value: (attribute object: (_) @table attribute: (identifier)) subscript: (comparison_operator) @condition) @place
      (subscript value: (_) @table subscript: (binary_operator (parenthesized_expression (comparison_operator))) @condition) @place
      (list_comprehension (for_in_clause right: (identifier) @table) (if_clause (comparison_operator) @condition)) @place
      (generator_expression (for_in_clause right: (identifier) @table) (if_clause (comparison_operator) @condition)) @place
      (call function: (attribute object: (_) @table attribute: (identifier) @query) arguments: (argument_list (string (interpolation)) @condition) (#eq? @query "query")) @place`,
    stands: 'loop',
    usesAnyLoop: ['condition'],
    acrossCalls: true,
    carried: ['table'],
    // What a plot does with the rows that were found is no scan.
    callees: '^(pandas|numpy|polars|pyarrow)\\b',
    time: 'total',
    minTurns: 10,
  },
  minShare: 0.03,
  specificity: 7,
  factor: 5,
  because: 'one pass that groups takes the place of a pass for each turn',
});
