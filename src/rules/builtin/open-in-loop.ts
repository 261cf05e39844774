/** Files opened, or flushed, for each small piece. */
import { syntaxRule } from '../rule.ts';

export const tinyWrites = syntaxRule({
  id: 'tiny-writes',
  title: 'Many tiny writes: {{method}} in each turn of a loop',
  advice:
    'Opening, flushing and compressing cost the same for one byte as for a block. Open once before the loop, write larger pieces, and flush at the end.',
  example: 'with open(path, "a") as file:      # once\n    file.writelines(lines)',
  docsUrl: 'https://docs.python.org/3/library/io.html#performance',
  match: {
    query: `
      (call function: (identifier) @method arguments: (argument_list (_) (string) @mode) (#eq? @method "open") (#match? @mode "a")) @place
      (call function: (attribute attribute: (identifier) @method) (#any-of? @method "flush" "fsync")) @place`,
    stands: 'loop',
    minTurns: 50,
  },
  specificity: 4,
  factor: 3,
  because: 'one call for hundred pieces takes a small part of hundred calls',
});

/** A checkpoint that is compressed as much as can be. */
export const slowCompression = syntaxRule({
  id: 'slow-compression',
  title: 'Saving with the slowest compression, {{option}}',
  advice:
    'The highest level takes many times as long for a few percent less. Save seldom, with a low level or a fast method such as lz4 or zstd.',
  example: 'joblib.dump(model, path, compress=("zlib", 1))',
  docsUrl: 'https://joblib.readthedocs.io/en/stable/generated/joblib.dump.html',
  match: {
    query: `(call arguments: (argument_list (keyword_argument name: (identifier) @name value: (integer) @level) @option)
      (#any-of? @name "compress" "compresslevel" "compression_level") (#match? @level "^[6-9]$|^1[0-9]$|^2[0-2]$")) @place`,
  },
  minShare: 0.02,
  specificity: 6,
  factor: 3,
  because: 'level 1 is 3 to 10 times faster than level 9',
});
