import { expect, it } from 'vitest';
import { buildReport } from '../../../src/report/index.ts';
import { renderers } from '../../../src/render/index.ts';
import { genomics } from '../../support/genomics.ts';
import { hostile } from '../../support/hostile.ts';
import { buildCell, buildProfile } from '../../support/profiles.ts';

const render = (profile: Parameters<typeof buildReport>[0]) =>
  renderers.md.render(buildReport(profile));

it('writes the run as tables', () => {
  expect(render(genomics())).toMatchSnapshot();
});

it('says what was not measured', () => {
  const cell = buildCell();
  const note = 'R has no sampler.';
  const text = render(buildProfile([{ ...cell, sampling: { ...cell.sampling, note } }]));
  expect(text).toContain('Lines: not measured: R has no sampler.');
  expect(text).not.toContain('## Functions');
});

it('keeps strings from outside text: no markup, no row and no block of their own', () => {
  const text = render(hostile());
  // Code spans hold no markup, so they are taken out; what is left must be escaped.
  const bare = text.replace(/(`+)(?!`)[^]*?[^`]\1(?!`)/g, 'CODE');
  expect(bare).not.toMatch(/(?<!\\)<(img|\/)/);
  expect(bare).not.toMatch(/(?<!\\)\]\(/);
  expect(bare).not.toMatch(/^(# two|- three)/m);
  const tables = text.split('\n\n').filter(block => block.startsWith('|'));
  expect(tables.length).toBeGreaterThan(3);
  for (const table of tables) {
    const counts = table.split('\n').map(row => row.replace(/\\\|/g, '').split('|').length);
    expect(new Set(counts).size, table).toBe(1);
  }
});
