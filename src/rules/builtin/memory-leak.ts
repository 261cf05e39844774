/** A container that keeps what every call adds. */
import { evidenceRule } from '../rule.ts';

export const memoryLeak = evidenceRule({
  id: 'memory-leak',
  evidence: 'memory-leak',
  title: '{{suspect}} grew by {{items}} items and keeps them',
  advice:
    'Nothing takes them out again, so memory grows for as long as the program runs. Give it a bound (functools.lru_cache(maxsize=N), a deque with maxlen), or clear it when a turn is done.',
  example:
    'from collections import deque\nrecent = deque(maxlen=1000)    # drops the oldest by itself',
  docsUrl: 'https://docs.python.org/3/library/functools.html#functools.lru_cache',
  specificity: 9,
  minSamples: 0,
});
