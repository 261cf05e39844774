/** A text that grows piece by piece. */
import { syntaxRule } from '../rule.ts';

export const stringBuilding = syntaxRule({
  id: 'string-building',
  title: '{{text}} grows piece by piece',
  advice:
    'Each piece may copy all of the text that is there already, so the time grows with its square. Collect the pieces in a list and join them once.',
  example:
    'pieces = []\nfor {{loopVariable}} in {{loopIterable}}:\n    pieces.append(piece)\n{{text}} = "".join(pieces)',
  docsUrl:
    'https://docs.python.org/3/faq/programming.html#what-is-the-most-efficient-way-to-concatenate-many-strings-together',
  match: {
    query: `
      (augmented_assignment left: (_) @text operator: "+=" right: (_) @piece) @place
      (assignment left: (_) @text right: (binary_operator left: (_) @first operator: "+") (#eq? @text @first)) @place`,
    stands: 'loop',
    assigned: { text: '^[rfbRFB]*["\\x27]|[+]\\s*[rf]?["\\x27][^"\\x27]*["\\x27]$' },
    types: { text: '^str$' },
    spent: 'cpu',
    minTurns: 100,
  },
  minShare: 0.03,
  specificity: 6,
  factor: 2,
  because: 'join copies each piece once; half is left for making the pieces',
});
