/** The same file opened and read again. */
import { evidenceRule } from '../rule.ts';

export const repeatedReads = evidenceRule({
  id: 'repeated-reads',
  evidence: 'repeated-reads',
  // What the opened file is read by may stand on other lines.
  minShare: 0.03,
  title: '{{file}} is read {{count}} times',
  advice:
    'Read it once and keep the result, or keep what is needed of it in a variable that later cells use.',
  docsUrl: 'https://docs.python.org/3/library/functools.html#functools.cache',
  specificity: 7,
  minSamples: 0,
});
