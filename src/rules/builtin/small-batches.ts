/** A model trained on batches too small for what each costs. */
import { syntaxRule } from '../rule.ts';

export const smallBatches = syntaxRule({
  id: 'small-batches',
  title: 'Batches of {{size}} are small for what each step costs',
  advice:
    'Each step pays the same for its checks and calls, however few examples it has. Take larger batches, and raise the learning rate with them.',
  example: '{{size}} = 64     # and a learning rate to match',
  docsUrl: 'https://scikit-learn.org/stable/computing/scaling_strategies.html#incremental-learning',
  match: {
    query: `(call arguments: [
        (argument_list (identifier) @size)
        (argument_list (keyword_argument value: (identifier) @size))] (#match? @size "[Bb](atch|ATCH)")) @place`,
    stands: 'iterable',
    cost: 'loop',
    lessThan: { size: 16 },
    callees: '^(sklearn|torch|keras|tensorflow|lightning)\\b',
    calleeShare: 0.3,
    calleesOnly: true,
    minTurns: 10,
  },
  specificity: 5,
  factor: 2,
  because: 'steps of less than 16 examples are mostly calls',
});
