import { describe, expect, it } from 'vitest';
import { labelCells } from '../../../src/cli/notebook/labels.ts';
import type { Cell } from '../../../src/cli/notebook/model.ts';

const code = (source: string): Cell => ({ cell_type: 'code', source, metadata: {} });
const markdown = (source: string): Cell => ({ cell_type: 'markdown', source, metadata: {} });
const label = (source: string) => labelCells([code(source)])[0];

describe('labelCells', () => {
  it('prefers the comment that a cell begins with to the heading above', () => {
    const cells = [markdown('# Load\ntext\n## Files'), code('# read\nx = 1'), code('y = 2')];
    expect(labelCells(cells)).toEqual([undefined, 'read', 'Files']);
  });

  it.each([
    ['%%pyperf\n\n# After a magic\nx', 'After a magic'],
    ['// TypeScript too', 'TypeScript too'],
    ['# ---- Ruled ----\nx', 'Ruled'],
    ['##########\n# Boxed #\n##########', 'Boxed'],
    ['#!/bin/sh\n# type: ignore\n# noqa\n# Real\n', 'Real'],
  ])('%j is %s', (source, expected) => expect(label(source)).toBe(expected));

  it.each(['x = 1\n# later', '#include <x>\nint y;', '', '# ----\nx = 1'])('%j has none', source =>
    expect(label(source)).toBeUndefined(),
  );

  it('takes marks out of headings and sees none in fenced code', () => {
    const cells = [
      markdown('## The `model` of [us](http://x) **now** ##\n```sh\n# not this\n```'),
      code('x'),
    ];
    expect(labelCells(cells)[1]).toBe('The model of us now');
  });

  it('shortens to 60 characters without cutting one in half', () => {
    const long = label(`# ${'é😀'.repeat(40)}`) ?? '';
    expect([...long]).toHaveLength(60);
    expect(long.endsWith('é…')).toBe(true);
  });
});
