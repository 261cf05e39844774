/** The checks' results as lines for a terminal. */
import type { Finding, Source } from '../../src/profile/index.ts';
import type { CheckedFinding, CheckedShare } from './check-study.ts';

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

export const findingWords = ({ expected, found }: CheckedFinding): string =>
  found
    ? `✓ ${expected.says}: ${found.id} at ${found.where.map(sourceWords).join(', ') || 'the run'}`
    : `✗ ${expected.says}: no finding of ${expected.rules.join(' or ')}${placeWords(expected)}`;

const placeWords = ({ at, names }: CheckedFinding['expected']): string =>
  (names === undefined ? '' : ` that names ${names}`) +
  (at ? ` at ${at.map(place => `${place.in} "${place.marker}"`).join(' or ')}` : '');

export const shareWords = ({ part, ours, notebook, agrees }: CheckedShare): string =>
  `${agrees ? '✓' : '✗'} ${part}: ${percent(ours)}, ` +
  (notebook === null
    ? 'which the notebook did not time'
    : `the notebook itself ${percent(notebook)}`);

export const stillThereWords = (finding: Finding): string =>
  `✗ still there: ${finding.id} at ${finding.where.map(sourceWords).join(', ') || 'the run'}: ${finding.title}`;

const sourceWords = (source: Source): string =>
  'file' in source
    ? `${source.file.split('/').slice(-2).join('/')}:${source.line}`
    : `[${source.executionCount}]:${source.line}`;
