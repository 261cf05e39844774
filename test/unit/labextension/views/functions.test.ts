import { describe, expect, it } from 'vitest';
import { clipTo } from '../../../../labextension/src/views/functions/clip.ts';
import {
  findNodes,
  flameDepth,
  flameTree,
  functionRows,
  ROOT,
  timeOf,
} from '../../../../labextension/src/views/functions/tree.ts';
import { ms } from '../../../../src/profile/index.ts';
import { buildFunctions } from '../../../support/profiles.ts';

const tree = flameTree(
  buildFunctions(`
    <module> 10
      load 20
        pandas read_csv 300 library
      fit 5
        fit 40
          pandas read_csv 100 library
  `),
);

describe('the call tree', () => {
  it('has one root above all, and a name for the cell itself', () => {
    expect(tree.totalMs).toBe(475);
    expect(tree.nodes.map(({ id, parent, name }) => [id, parent, name]).slice(0, 3)).toEqual([
      ['0', ROOT, 'this cell'],
      ['1', '0', 'load()'],
      ['2', '1', 'pandas read_csv'],
    ]);
  });

  it('never gives a caller less than what it called, or plotly draws nothing', () => {
    const [caller, called] = buildFunctions('a 1\n  b 2');
    const rounded = flameTree([{ ...caller!, totalMs: ms(2.999) }, called!]);
    expect(rounded.nodes[0]?.totalMs).toBe(2.999);
    const less = flameTree([{ ...caller!, totalMs: ms(1.999), selfMs: ms(0) }, called!]);
    expect(less.nodes[0]?.totalMs).toBe(2);
    expect(less.totalMs).toBe(2);
  });

  it('knows how deep it is below a box', () => {
    expect(flameDepth(tree, ROOT)).toBe(5);
    expect(flameDepth(tree, '3')).toBe(3);
  });

  it('finds by a part of the name, and counts time once', () => {
    expect(findNodes(tree, '  ')).toBeNull();
    expect([...(findNodes(tree, 'FIT') ?? [])]).toEqual(['3', '4']);
    expect(timeOf(tree, findNodes(tree, 'fit') ?? new Set())).toBe(145);
    expect(timeOf(tree, findNodes(tree, 'read_csv') ?? new Set())).toBe(400);
  });

  it('has one row a function', () => {
    const rows = functionRows(tree).map(({ name, selfMs, totalMs, id }) => [
      name,
      selfMs,
      totalMs,
      id,
    ]);
    expect(rows).toEqual([
      ['pandas read_csv', 400, 400, '2'],
      ['fit()', 45, 145, '3'],
      ['load()', 20, 320, '1'],
      ['this cell', 10, 475, '0'],
    ]);
  });
});

it('cuts a name to its box', () => {
  expect(clipTo('read_csv', 200)).toBe('read_csv');
  expect(clipTo('read_csv', 40)).toBe('rea…');
  expect(clipTo('read_csv', 20)).toBe('');
});
