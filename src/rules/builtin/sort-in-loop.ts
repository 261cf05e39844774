/** Sorting the same collection again and again. */
import { syntaxRule } from '../rule.ts';

export const sortInLoop = syntaxRule({
  id: 'sort-in-loop',
  title: 'Sorting {{sorted}} in each turn of a loop',
  advice:
    'Sort once after the loop. Where the order is needed in between, bisect.insort or a heap keeps it; where only the first few count, heapq.nlargest takes them without sorting the rest.',
  example: 'import heapq\nbest = heapq.nlargest(10, {{sorted}}, key=…)   # after the loop',
  docsUrl: 'https://docs.python.org/3/library/heapq.html',
  match: {
    query: `
      (call function: (identifier) @function arguments: (argument_list . (_) @sorted) (#eq? @function "sorted")) @place
      (call function: (attribute object: (_) @sorted attribute: (identifier) @function) (#any-of? @function "sort" "sort_values" "sort_index")) @place
      (call function: (attribute object: (identifier) @library attribute: (identifier) @function) arguments: (argument_list . (_) @sorted)
        (#any-of? @library "np" "numpy") (#any-of? @function "sort" "argsort")) @place`,
    stands: 'loop',
    time: 'total',
    carried: ['sorted'],
    minTurns: 10,
  },
  minShare: 0.03,
  specificity: 6,
  factor: 3,
  because: 'a loop with three turns or more sorts once instead',
});
