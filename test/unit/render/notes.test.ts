import { expect, it } from 'vitest';
import { allNotes, notesOf } from '../../../src/render/words.ts';
import { buildCell, buildProfile } from '../../support/profiles.ts';

it('tells each note once, with the cells that say it', () => {
  const sampling = { ...buildCell({}).sampling, note: 'No stacks.' };
  const memory = { ...buildCell({}).memory, note: 'No peak.' };
  const profile = buildProfile([
    buildCell({ sampling }),
    buildCell({}),
    buildCell({ sampling, memory }),
  ]);
  const { environment } = profile;
  const noted = { ...profile, environment: { ...environment, notes: ['No io.'] } };
  expect(notesOf(noted)).toEqual([
    { text: 'No io.', cells: [] },
    { text: 'No stacks.', cells: [0, 2] },
    { text: 'No peak.', cells: [2] },
  ]);
  expect(allNotes(noted)).toEqual(['No io.', 'No stacks.', 'No peak.']);
});
