/** A matrix of similarities or distances, filled pair by pair. */
import { syntaxRule } from '../rule.ts';

const PAIR =
  '"^(numpy|np|math|scipy|spatial|distance|F|torch)?\\\\.?(dot|inner|vdot|cosine\\\\w*|euclidean|cityblock|norm|corrcoef|pearsonr|\\\\w*(similarity|distance|dist|kernel)\\\\w*|linalg\\\\.norm)$"';

export const pairwiseLoop = syntaxRule({
  id: 'pairwise-loop',
  severity: 'critical',
  title: 'Pair by pair with {{function}} in nested loops',
  advice:
    'Every pair is a call of its own. One matrix product gives all pairs at once; for cosine similarity, normalise the vectors first. Where only the nearest count, take an index for nearest neighbours.',
  example:
    'unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)\nsimilarity = unit @ unit.T      # all pairs; in blocks of rows where memory is short',
  docsUrl: 'https://scikit-learn.org/stable/modules/metrics.html',
  match: {
    query: `
      (assignment left: (subscript subscript: (_) @pair) @target right: (call function: (_) @function) (#match? @function ${PAIR})) @place
      (assignment left: (subscript) @target right: (binary_operator left: (call function: (_) @function)) (#match? @function ${PAIR})) @place
      (assignment right: (call function: (_) @function) (#match? @function ${PAIR})) @place
      (call function: (_) @function (#match? @function ${PAIR})) @place`,
    stands: 'loop',
    nested: true,
    time: 'total',
    spent: 'cpu',
    minTurns: 20,
  },
  specificity: 8,
  factor: 5,
  because:
    'one matrix product is 10 to 1000 times faster than a call for each pair; a fifth is left to be sure',
});
