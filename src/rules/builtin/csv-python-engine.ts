/** pandas' slow CSV parser, or Python called for each field. */
import { syntaxRule } from '../rule.ts';

export const csvPythonEngine = syntaxRule({
  id: 'csv-slow-parser',
  severity: 'critical',
  title: 'CSV is parsed in Python, because of {{option}}',
  advice:
    'With this option pandas parses in Python and not in C. Name the separator, use dtype in the place of converters, and save the table as Parquet for the next run.',
  example:
    'df = pd.read_csv({{file}}, sep=",", usecols=["a", "b"], dtype={"a": "float32"})\ndf.to_parquet("data.parquet")      # once; then pd.read_parquet("data.parquet", columns=["a", "b"])',
  docsUrl: 'https://pandas.pydata.org/docs/user_guide/io.html#specifying-the-parser-engine',
  match: {
    query: `
      (call function: (attribute attribute: (identifier) @function) arguments: (argument_list . (_) @file
        (keyword_argument name: (identifier) @name value: (string) @value) @option)
        (#any-of? @function "read_csv" "read_table") (#eq? @name "engine") (#match? @value "python")) @place
      (call function: (attribute attribute: (identifier) @function) arguments: (argument_list . (_) @file
        (keyword_argument name: (identifier) @name) @option)
        (#any-of? @function "read_csv" "read_table") (#any-of? @name "converters" "skipfooter")) @place
      (call function: (attribute attribute: (identifier) @function) arguments: (argument_list . (_) @file
        (keyword_argument name: (identifier) @name value: (none)) @option)
        (#any-of? @function "read_csv" "read_table") (#eq? @name "sep")) @place`,
    callees: '^(pandas|csv)\\b|read_csv|parsers|readers',
    calleeShare: 0.3,
  },
  specificity: 6,
  factor: 4,
  because: 'the C parser is 5 to 10 times faster, Parquet more',
});
