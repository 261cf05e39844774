/** A list used as a queue. */
import { syntaxRule } from '../rule.ts';

export const listFront = syntaxRule({
  id: 'list-as-queue',
  title: 'Taking from the front of the list {{queue}} moves all of it',
  advice: 'pop(0) and insert(0, x) move every other item. A collections.deque does both at once.',
  example: 'from collections import deque\n{{queue}} = deque({{queue}})\n{{queue}}.popleft()',
  docsUrl: 'https://docs.python.org/3/library/collections.html#collections.deque',
  match: {
    query: `(call function: (attribute object: (_) @queue attribute: (identifier) @method) arguments: (argument_list . (integer) @front)
      (#any-of? @method "pop" "insert") (#eq? @front "0")) @place`,
    stands: 'loop',
    spent: 'cpu',
    minTurns: 1000,
  },
  specificity: 6,
  factor: 3,
  because: 'a deque takes the same short time however long it is',
});

/** `np.vectorize` is a loop in Python. */
export const vectorize = syntaxRule({
  id: 'np-vectorize',
  title: 'np.vectorize is a Python loop',
  advice:
    'It calls the function for each item. Write the calculation with array operations; np.where and np.select take the place of if and else.',
  example: 'result = np.where(values > 0, np.log(values), 0.0)',
  docsUrl: 'https://numpy.org/doc/stable/reference/generated/numpy.vectorize.html',
  match: {
    query: `(call function: (identifier) @function) @place`,
    time: 'total',
    assigned: { function: '^(np|numpy)\\.vectorize\\(' },
  },
  specificity: 5,
  factor: 5,
  because: 'array operations are 10 to 100 times faster; a fifth is left to be sure',
});
