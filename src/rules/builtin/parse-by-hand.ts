/** Lines of a file split one by one in Python. */
import { syntaxRule } from '../rule.ts';

export const parseByHand = syntaxRule({
  id: 'parse-by-hand',
  title: 'A text file is parsed line by line in Python',
  advice:
    'A parser written in C reads the same file many times faster: pd.read_csv, or np.loadtxt for numbers alone. Save the result as Parquet where the file is read again.',
  example: 'df = pd.read_csv(path, usecols=["a", "b"])',
  docsUrl: 'https://pandas.pydata.org/docs/reference/api/pandas.read_csv.html',
  match: {
    query: `
      (call function: (attribute object: (_) @line attribute: (identifier) @method) arguments: (argument_list . (string))
        (#eq? @method "split")) @place
      (call function: (attribute object: (identifier) @module attribute: (identifier) @method) (#eq? @module "csv") (#any-of? @method "reader" "DictReader")) @line @place`,
    stands: 'loop',
    usesLoopVariable: ['line'],
    cost: 'loop',
    spent: 'cpu',
    callees: '^(csv|codecs|io)\\b',
    minTurns: 1000,
  },
  minShare: 0.1,
  specificity: 4,
  factor: 4,
  because: 'pandas reads text 5 to 20 times faster than a loop',
});
