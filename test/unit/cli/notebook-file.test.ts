import { describe, expect, it } from 'vitest';
import { formatNotebook, parseNotebook } from '../../../src/cli/notebook/file.ts';

const NOTEBOOK = {
  cells: [
    { cell_type: 'markdown', id: 'a', metadata: {}, source: ['# T\n', 'x'] },
    {
      cell_type: 'code',
      execution_count: null,
      id: 'b',
      metadata: {},
      outputs: [],
      source: 'print(1)',
    },
  ],
  metadata: { kernelspec: { display_name: 'P', name: 'python3' } },
  nbformat: 4,
  nbformat_minor: 5,
};

describe('a notebook file', () => {
  it.each([
    ['Jupyter', 1, '\n'],
    ['VS Code', 2, ''],
    ['nobody', '\t', '\n'],
    ['a minifier', undefined, ''],
  ])('is written as it came from %s', (_who, indent, end) => {
    const text = JSON.stringify(NOTEBOOK, null, indent) + end;
    expect(formatNotebook(parseNotebook(text, 'x.ipynb'))).toBe(text);
  });

  it('keeps an unusual order of keys', () => {
    const text = JSON.stringify({ nbformat: 4, nbformat_minor: 2, metadata: {}, cells: [] });
    expect(formatNotebook(parseNotebook(text, 'x'))).toBe(text);
  });

  it('sorts what is added when all was sorted', () => {
    const file = parseNotebook(JSON.stringify(NOTEBOOK), 'x');
    Object.assign(file.notebook.metadata, { widgets: { b: 1, a: 2 }, first: 1 });
    expect(formatNotebook(file)).toContain(
      '"metadata":{"first":1,"kernelspec":{"display_name":"P","name":"python3"},"widgets":{"a":2,"b":1}}',
    );
  });

  it('splits text into lines, but no JSON and no image', () => {
    const file = parseNotebook(JSON.stringify(NOTEBOOK), 'x');
    const [, cell] = file.notebook.cells;
    if (cell)
      cell.outputs = [
        { name: 'stdout', output_type: 'stream', text: 'a\nb\n' },
        {
          data: { 'text/plain': 'p\nq', 'image/png': 'AA\n', 'application/json': { s: 'x\ny' } },
          metadata: {},
          output_type: 'display_data',
        },
      ];
    const written = JSON.parse(formatNotebook(file)) as typeof NOTEBOOK;
    expect(written.cells[1]?.outputs).toEqual([
      { name: 'stdout', output_type: 'stream', text: ['a\n', 'b\n'] },
      {
        data: {
          'application/json': { s: 'x\ny' },
          'image/png': 'AA\n',
          'text/plain': ['p\n', 'q'],
        },
        metadata: {},
        output_type: 'display_data',
      },
    ]);
  });

  it.each([
    ['not JSON', '{', /^x is no notebook: it is not JSON/],
    ['JSON of another kind', '[1]', /^x is no notebook: it is JSON, but has no nbformat/],
    ['format 3', '{"nbformat":3,"worksheets":[]}', /old format 3; convert it first with: jupyter/],
    ['format 5', '{"nbformat":5}', /format 5, which is newer/],
    [
      'a damaged cell',
      '{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{"cell_type":"code","metadata":{},"source":1}]}',
      /^x is no valid notebook: .*cells\[0\]\.source/,
    ],
  ])('refuses %s in a sentence', (_what, text, expected) => {
    expect(() => parseNotebook(text, 'x')).toThrow(expected);
  });

  it('reads a file with a byte order mark', () => {
    const text = JSON.stringify(NOTEBOOK);
    expect(parseNotebook(`\uFEFF${text}`, 'x').notebook.cells).toHaveLength(2);
  });
});
