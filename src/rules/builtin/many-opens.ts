/** One small file for each item. */
import { evidenceRule } from '../rule.ts';

export const manyOpens = evidenceRule({
  id: 'many-small-files',
  evidence: 'many-opens',
  title: '{{files}} files are opened one by one from this line',
  advice:
    'Opening a file costs more than reading a small one. Keep the items together in one file (a stacked .npy with mmap_mode, Parquet, HDF5), or load ahead in threads.',
  example:
    'np.save("images.npy", np.stack(images))          # once\nimages = np.load("images.npy", mmap_mode="r")    # then any part at no cost',
  docsUrl: 'https://numpy.org/doc/stable/reference/generated/numpy.load.html',
  specificity: 6,
  minSamples: 0,
  factor: 3,
  because: 'one mapped file takes a small part of the time of hundreds',
});
