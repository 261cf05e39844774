/** A DataFrame or array that grows by one piece each turn of a loop. */
import { syntaxRule } from '../rule.ts';

export const appendInLoop = syntaxRule({
  id: 'concat-in-loop',
  severity: 'critical',
  title: '{{whole}} is copied whole each time {{function}} adds to it',
  advice:
    'Each turn copies all that is there already, so the time grows with the square of the turns. Collect the pieces in a list and put them together once, after the loop.',
  example:
    'pieces = []\nfor {{loopVariable}} in {{loopIterable}}:\n    pieces.append(piece)\n{{whole}} = pd.concat(pieces, ignore_index=True)',
  docsUrl: 'https://pandas.pydata.org/docs/user_guide/merging.html#concat',
  match: {
    query: `
      (assignment left: (_) @whole right: (call function: (attribute attribute: (identifier) @function)
        arguments: (argument_list . (list . (_) @first)))
        (#any-of? @function "concat" "concatenate" "vstack" "hstack" "cat" "column_stack" "row_stack") (#eq? @whole @first)) @place
      (assignment left: (_) @whole right: (call function: (attribute attribute: (identifier) @function)
        arguments: (argument_list . [(tuple . (_) @first) (_) @first]))
        (#any-of? @function "concatenate" "vstack" "hstack" "append" "column_stack" "insert") (#eq? @whole @first)) @place`,
    stands: 'loop',
    minTurns: 20,
  },
  specificity: 7,
  factor: 5,
  because: 'one copy takes the place of one a turn',
});
