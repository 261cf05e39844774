/** `x in list` in a loop. */
import { syntaxRule } from '../rule.ts';

export const listMembership = syntaxRule({
  id: 'list-membership',
  severity: 'critical',
  title: 'Searching the list {{haystack}} in each turn',
  advice:
    'A list is searched from its start, item by item. Make a set of it before the loop: one look-up, however many items.',
  example: 'known = set({{haystack}})     # before the loop\nif item in known: …',
  docsUrl: 'https://wiki.python.org/moin/TimeComplexity',
  match: {
    query: `
      (comparison_operator (_) operators: "in" (identifier) @haystack) @place
      (comparison_operator (_) operators: "not in" (identifier) @haystack) @place
      (call function: (attribute object: (identifier) @haystack attribute: (identifier) @method) arguments: (argument_list (_)) (#any-of? @method "index" "count" "remove")) @place`,
    stands: 'loop',
    carried: ['haystack'],
    isList: ['haystack'],
    spent: 'cpu',
    minTurns: 100,
  },
  specificity: 6,
  factor: 5,
  because: 'a set answers at once where a list of a hundred items takes fifty comparisons',
});
