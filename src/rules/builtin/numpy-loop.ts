/** Arithmetic on single items of arrays in nested or long loops. */
import { syntaxRule } from '../rule.ts';

export const numpyLoop = syntaxRule({
  id: 'python-loop-over-array',
  title: 'A Python loop calculates {{target}} item by item',
  advice:
    'Python takes some hundred times as long for one item as NumPy does. Write the same calculation for whole arrays; indices become slices.',
  example:
    '# {{target}} for all at once, e.g.\nresult = left * right          # instead of result[i] = left[i] * right[i]\nresult = np.cumsum(values)     # instead of total += values[i]',
  docsUrl: 'https://numpy.org/doc/stable/user/basics.broadcasting.html',
  match: {
    query: `
      (assignment left: (subscript subscript: (_) @index) @target right: [(binary_operator) (call) (unary_operator) (conditional_expression)] @value
        (#match? @value "\\\\[")) @place
      (augmented_assignment left: (_) @target right: [(subscript subscript: (_) @index) (binary_operator (subscript subscript: (_) @index)) (binary_operator (binary_operator (subscript subscript: (_) @index)))] @value) @place`,
    stands: 'loop',
    usesLoopVariable: ['index'],
    spent: 'cpu',
    callees: '^numpy\\b',
    without: '(\\.(loc|iloc|at|iat)\\[|\\bjson\\b|["\\x27])',
    minTurns: 1000,
  },
  specificity: 3,
  factor: 5,
  because: 'arrays calculate 10 to 100 times faster than a loop; a fifth is left to be sure',
});
