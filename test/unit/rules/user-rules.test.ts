/** Rules of users: read, refused with one clear sentence, and used like ours. */
import { expect, it } from 'vitest';
import { parseRules } from '../../../src/rules/index.ts';
import { findIn } from './find.ts';

const SLEEPS = {
  id: 'sleep-in-loop',
  title: 'Sleeping {{seconds}} s in each turn of {{loopIterable}}',
  advice: 'Wait for the event itself.',
  match: {
    query:
      '(call function: (attribute attribute: (identifier) @f) arguments: (argument_list (_) @seconds) (#eq? @f "sleep")) @place',
    stands: 'loop',
    minTurns: 2,
  },
};

it('takes a rule of the same form as ours', async () => {
  const { rules, notes } = parseRules(JSON.stringify([SLEEPS]), 'mine.json');
  expect(notes).toEqual([]);
  const [finding] = await findIn('for job in jobs:\n    time.sleep(0.5)   #> 2000 @sleep 2000', {
    rules,
  });
  expect(finding).toMatchObject({
    id: 'sleep-in-loop',
    title: 'Sleeping 0.5 s in each turn of jobs',
    where: [{ executionCount: 1, line: 2 }],
  });
});

it.each([
  ['no JSON', '{', 'it is not JSON'],
  ['a field that there is not', { ...SLEEPS, speed: 1 }, 'speed'],
  ['no place', { ...SLEEPS, match: { query: '(call) @call' }, title: 'x' }, 'has no @place'],
  ['a name that is no capture', { ...SLEEPS, title: '{{nobody}}' }, '{{nobody}} is no capture'],
  ['an id of ours', { ...SLEEPS, id: 'n-plus-one' }, 'belongs to a rule of PyPerf’s own'],
  ['a broken expression', { ...SLEEPS, match: { ...SLEEPS.match, callees: '(' } }, 'match.callees'],
])('leaves out %s, and says why', (_, value, reason) => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const { rules, notes } = parseRules(text, 'mine.json');
  expect(rules).toEqual([]);
  expect(notes).toHaveLength(1);
  expect(notes[0]).toMatch(/mine.json w(as|ere) left out/);
  expect(notes[0]).toContain(reason);
});

it('says of a query that is none which rule was left out, and keeps the others', async () => {
  const { rules } = parseRules(
    JSON.stringify({ ...SLEEPS, match: { query: '(no_such_node) @place' }, title: 'x' }),
    'mine.json',
  );
  await expect(findIn('x = 1   #> 900', { rules })).rejects.toThrow(
    /The rule sleep-in-loop was left out: /,
  );
});
