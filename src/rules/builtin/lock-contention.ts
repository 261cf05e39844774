/** Threads that wait for one lock, or for a place in a pool. */
import { evidenceRule } from '../rule.ts';

export const lockContention = evidenceRule({
  id: 'lock-contention',
  evidence: 'lock-contention',
  title: 'Up to {{waiters}} threads wait for this lock at once',
  advice:
    'Hold it for a shorter time: calculate outside, and take the lock only to read or to store. A lock for each key lets different keys go on side by side.',
  example:
    'value = make()              # without the lock\nwith self.lock:\n    self.values[key] = value',
  docsUrl: 'https://docs.python.org/3/library/threading.html#lock-objects',
  specificity: 9,
  minShare: 0.03,
  minSamples: 0,
  factor: 2,
  because: 'waiting is halved where half of the work needs no lock',
});

export const poolSaturation = evidenceRule({
  id: 'pool-waits',
  evidence: 'pool-saturation',
  title: 'Up to {{waiters}} threads wait for a connection of the pool',
  advice:
    'The pool has fewer places than there are callers. Give it as many as work at once (pool_size, max_overflow), and hand connections back as soon as the rows are read.',
  example: 'engine = create_engine(url, pool_size=20, max_overflow=10)',
  docsUrl: 'https://docs.sqlalchemy.org/en/20/core/pooling.html',
  specificity: 9,
  minShare: 0.03,
  minSamples: 0,
  factor: 2,
  because: 'waiting is halved with twice the places, where the database has room',
});
