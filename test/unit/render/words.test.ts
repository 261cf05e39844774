import { expect, it } from 'vitest';
import { ms } from '../../../src/profile/index.ts';
import { statusWords, waitingParts } from '../../../src/render/words.ts';
import { buildReport } from '../../../src/report/index.ts';
import { buildCell, buildProfile } from '../../support/profiles.ts';

const NONE = { disk: ms(0), network: ms(0), lock: ms(0), sleep: ms(0), wait: ms(0), other: ms(0) };

it('tells the causes of waiting, largest first, and none of more than the whole', () => {
  const split = (offCpuMs: object) => ({ wallTimeMs: 200, offCpuMs: { ...NONE, ...offCpuMs } });
  expect(waitingParts(split({ disk: ms(20), sleep: ms(100), lock: ms(1) }))).toBe(
    'sleep 50%, disk 10%',
  );
  // Samples stand for a little more than the cell took.
  expect(waitingParts(split({ sleep: ms(203) }))).toBe('sleep 100%');
});

it.each([
  ['division by zero', 'failed: ZeroDivisionError: division by zero'],
  ['', 'failed: ZeroDivisionError'],
])('tells an error with the message %j', (message, words) => {
  const error = { name: 'ZeroDivisionError', message };
  const [cell] = buildReport(buildProfile([buildCell({ status: 'error', error })])).cells;
  expect(cell && statusWords(cell)).toBe(words);
});
