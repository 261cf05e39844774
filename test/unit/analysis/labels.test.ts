import { expect, it } from 'vitest';
import { labelCells } from '../../../src/analysis/index.ts';
import { buildCell } from '../../support/profiles.ts';

const label = (source: string, rest: { label?: string; heading?: string } = {}) =>
  labelCells([buildCell({ source, ...rest })])[0];

it.each([
  ['# Load the data\nx = 1', 'Load the data', 'comment'],
  ['%%pyperf --rate 50\n\n## Load: the data ##\nx = 1', 'Load: the data', 'comment'],
  ['// Load the data\nconst x = 1', 'Load the data', 'comment'],
  ['/* Load */\nconst x = 1', 'Load', 'comment'],
  ['# ----------\n# Load\nx', 'Load', 'comment'],
  ['# type: ignore\n# noqa\nx = 1', 'x = 1', 'code'],
  ['# %% [markdown]\nx = 1', 'x = 1', 'code'],
  ['x = 1  \n# a step', 'x = 1', 'code'],
  ['%matplotlib inline\nplot(x)', 'plot(x)', 'code'],
  ['%timeit sum(x,\n            start=0)', '%timeit sum(x,', 'code'],
  ['#!/usr/bin/env python\nx', 'x', 'code'],
])('finds what to call %j', (source, text, from) => {
  expect(label(source)).toEqual({ text, from });
});

it('prefers the label, then the comment, then the heading', () => {
  const all = { label: 'Mine', heading: 'Chapter' };
  expect(label('# Load\nx', all)).toEqual({ text: 'Mine', from: 'label' });
  expect(label('# Load\nx', { heading: 'Chapter' })).toEqual({ text: 'Load', from: 'comment' });
  expect(label('x', { heading: 'Chapter' })).toEqual({ text: 'Chapter', from: 'heading' });
});

it('has no name for a cell without code', () => {
  expect(label('\n  \n%%pyperf')).toBeNull();
});

it('takes no heading that several cells stand under', () => {
  const cells = ['Load', 'Analysis', 'Analysis'].map(heading =>
    buildCell({ source: 'x', heading }),
  );
  expect(labelCells(cells).map(found => found?.text)).toEqual(['Load', 'x', 'x']);
});
