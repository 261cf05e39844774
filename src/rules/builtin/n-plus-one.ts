/** One statement of the same shape for each of many items. */
import { evidenceRule } from '../rule.ts';

export const nPlusOne = evidenceRule({
  id: 'n-plus-one',
  severity: 'critical',
  evidence: 'n-plus-one',
  title: 'N+1 queries: one statement, sent {{count}} times from one line',
  advice:
    'The same statement goes to the database for each item. Ask for all items in one statement (with IN, a JOIN, or eager loading in an ORM) and sort the rows out in Python.',
  example:
    '# {{statement}}\nmarks = ",".join("?" * len({{loopIterable}}))\nrows = connection.execute(f"SELECT … WHERE … IN ({marks})", list({{loopIterable}})).fetchall()',
  docsUrl: 'https://docs.sqlalchemy.org/en/20/orm/queryguide/relationships.html',
  specificity: 8,
  minSamples: 0,
  factor: 3,
  because:
    'one statement for all costs less than a third of one for each, even without a network between',
});
