/** The same values put into one form and at once into another, in each turn of a loop. */
import { syntaxRule } from '../rule.ts';

const CONVERTS =
  '"(^|\\\\.)(list|dict|tuple|array|asarray|Series|DataFrame|tolist|to_list|to_dict|to_numpy|to_records|from_dict|from_records|loads|dumps|jsonable_encoder|tensor)$"';

export const formatConversions = syntaxRule({
  id: 'format-conversions',
  title: 'Converted by {{inner}}, then at once by {{outer}}, in each turn',
  advice:
    'Each conversion copies every value, mostly into Python objects of their own. Stay in one form, or convert once before the loop.',
  example: 'values = {{source}}      # as it is, without {{inner}} and {{outer}}',
  docsUrl: 'https://pandas.pydata.org/docs/user_guide/enhancingperf.html',
  match: {
    query: `
      (call function: (_) @outer arguments: (argument_list . (call function: (_) @inner arguments: (_)) @source)
        (#match? @outer ${CONVERTS}) (#match? @inner ${CONVERTS})) @place
      (call function: (attribute object: (call function: (_) @inner) @source attribute: (identifier) @outer)
        (#match? @outer ${CONVERTS}) (#match? @inner ${CONVERTS})) @place`,
    stands: 'loop',
    spent: 'cpu',
    minTurns: 20,
  },
  minShare: 0.03,
  specificity: 4,
  factor: 2,
  because: 'one of two conversions is left to be sure',
});
