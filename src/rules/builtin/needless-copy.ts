/** Whole objects copied in each turn of a loop. */
import { syntaxRule } from '../rule.ts';

export const needlessCopy = syntaxRule({
  id: 'copy-in-loop',
  title: 'Whole copies by {{copy}} in each turn of a loop',
  advice:
    'Copy only what is changed, and copy it once before the loop. For arrays a view (a slice) costs nothing; deepcopy visits every object below.',
  example:
    'part = {{source}}[start:stop]     # a view\npart = {{source}}[start:stop].copy()  # a copy of what will change',
  docsUrl: 'https://numpy.org/doc/stable/user/basics.copies.html',
  match: {
    query: `
      (call function: (attribute object: (_) @source attribute: (identifier) @copy)
        (#any-of? @copy "copy" "clone") (#not-eq? @source "copy")) @place
      (call function: [(attribute attribute: (identifier) @copy) (identifier) @copy] arguments: (argument_list . (_) @source)
        (#any-of? @copy "deepcopy" "copy" "ascontiguousarray")) @place
      (call function: (attribute object: (identifier) @library attribute: (identifier) @copy) arguments: (argument_list . (_) @source)
        (#any-of? @library "np" "numpy" "torch") (#any-of? @copy "array" "tensor")) @place`,
    stands: 'loop',
    carried: ['source'],
    minTurns: 5,
  },
  minShare: 0.03,
  specificity: 7,
  factor: 4,
  because: 'a loop with four turns or more copies once instead, or never',
});
