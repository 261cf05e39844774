/** A statement sent in each turn of a loop, seen in the code where statements were not traced. */
import { syntaxRule } from '../rule.ts';

export const queryInLoop = syntaxRule({
  id: 'query-in-loop',
  title: 'A database statement in each turn of a loop',
  advice:
    'Each turn waits for the database once more. Ask for all that the loop needs in one statement (with IN, or a JOIN) and sort the rows out in Python.',
  example:
    'marks = ",".join("?" * len({{loopIterable}}))\nrows = {{connection}}.execute(f"SELECT … WHERE id IN ({marks})", list({{loopIterable}})).fetchall()',
  docsUrl: 'https://docs.sqlalchemy.org/en/20/faq/performance.html',
  match: {
    query: `(call function: (attribute object: (_) @connection attribute: (identifier) @method) arguments: (argument_list) @statement
      (#any-of? @method "execute" "read_sql" "read_sql_query" "scalars" "scalar" "query")) @place`,
    stands: 'loop',
    usesLoopVariable: ['statement'],
    without: '([Ii][Nn][Ss][Ee][Rr][Tt]|executemany)',
    minTurns: 20,
  },
  specificity: 6,
  factor: 3,
  because:
    'one statement for all costs less than a third of one for each, even without a network between',
});
