/** A model that waits for its data. */
import { evidenceRule } from '../rule.ts';

export const slowLoading = evidenceRule({
  id: 'data-loading-slower-than-model',
  evidence: 'slow-loading',
  title: 'The model waits for its data: {{iterable}}',
  advice:
    'Getting a batch takes longer than learning from it. Prepare the next batches meanwhile (DataLoader with num_workers, a thread that fills a queue), and keep what does not change from epoch to epoch.',
  example: 'loader = DataLoader(dataset, batch_size=64, num_workers=4, prefetch_factor=2)',
  docsUrl: 'https://pytorch.org/docs/stable/data.html#multi-process-data-loading',
  specificity: 1,
  minShare: 0.1,
  minMs: 1000,
  minSamples: 0,
  factor: 1,
});
