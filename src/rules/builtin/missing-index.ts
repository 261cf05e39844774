/** A table read whole, by the database's own plan, where an index would find the rows. */
import { evidenceRule } from '../rule.ts';

export const missingIndex = evidenceRule({
  id: 'missing-index',
  severity: 'critical',
  evidence: 'missing-index',
  title: 'The table {{table}} is read whole to find rows by {{columns}}',
  advice: 'An index finds the rows without reading the rest. The database planned the scan itself.',
  example: '{{createIndex}}',
  docsUrl: 'https://use-the-index-luke.com/sql/where-clause',
  specificity: 9,
  minShare: 0.03,
  minMs: 100,
  minSamples: 0,
  factor: 4,
  because: 'an index reads a few pages where the scan reads all of them',
});
