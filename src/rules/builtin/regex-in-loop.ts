/** A regular expression compiled, or looked up, in each turn. */
import { syntaxRule } from '../rule.ts';

export const regexInLoop = syntaxRule({
  id: 'regex-in-loop',
  title: 'The regular expression is compiled or looked up in each turn',
  advice:
    'Compile it once before the loop and call its own methods. For a column of texts, Series.str does all rows in one call.',
  example: 'pattern = re.compile({{pattern}})   # before the loop\npattern.search(text)',
  docsUrl: 'https://docs.python.org/3/library/re.html#re.compile',
  match: {
    query: `(call function: (attribute object: (identifier) @module attribute: (identifier) @function) arguments: (argument_list . (_) @pattern)
      (#any-of? @module "re" "regex") (#any-of? @function "compile" "match" "search" "findall" "finditer" "sub" "split" "fullmatch")) @place`,
    stands: 'loop',
    invariant: ['pattern'],
    callees: '^(re|regex|sre_compile|sre_parse|functools|enum)\\b',
    calleeShare: 0.2,
    minTurns: 100,
  },
  specificity: 9,
  factor: 1.25,
  because: 'looking the pattern up is a fifth of a short match or more',
});
