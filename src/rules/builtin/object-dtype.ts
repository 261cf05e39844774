/** Arrays of Python objects where numbers would do. */
import { syntaxRule } from '../rule.ts';

export const objectDtype = syntaxRule({
  id: 'object-dtype',
  title: 'Values are kept as Python objects (dtype object)',
  advice:
    'Each value takes some fifty bytes and each operation a call. Take numbers (float32, int32) or category for texts that repeat: a fraction of the memory, and calculations in C.',
  example:
    'df["name"] = df["name"].astype("category")\ndf["value"] = df["value"].astype("float32")',
  docsUrl: 'https://pandas.pydata.org/docs/user_guide/scale.html#use-efficient-datatypes',
  match: {
    query: `
      (call function: (attribute attribute: (identifier) @method) arguments: (argument_list . [(identifier) (string)] @type)
        (#eq? @method "astype") (#match? @type "^.?(object|O|str).?$")) @place
      (keyword_argument name: (identifier) @name value: [(identifier) (string)] @type (#eq? @name "dtype") (#match? @type "^.?(object|O).?$")) @place`,
    callees: '^(pandas|numpy)\\b',
  },
  minShare: 0.1,
  specificity: 6,
  factor: 2,
  because: 'arrays of numbers take half of the time or less',
});
