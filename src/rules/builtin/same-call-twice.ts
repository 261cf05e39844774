/** One call, written twice with the same arguments in one statement. */
import { syntaxRule } from '../rule.ts';

export const sameCallTwice = syntaxRule({
  id: 'same-call-twice',
  title: '{{call}} is calculated twice for the same',
  advice: 'Keep the first result in a variable and use it for both.',
  example: 'result = {{call}}\n# … then result in both places',
  docsUrl: 'https://docs.python.org/3/whatsnew/3.8.html#assignment-expressions',
  match: {
    query: `(call function: [(identifier) (attribute)] arguments: (argument_list (_))) @call @place`,
    twice: ['call'],
    time: 'total',
    without:
      '^(len|range|str|int|float|bool|list|dict|set|tuple|isinstance|getattr|hasattr|type|min|max|abs|round|zip|enumerate|print|super|sum|open|next)\\(',
  },
  specificity: 7,
  factor: 1.5,
  because: 'of two calls one is left, and a third of the time may be other work',
});
