/** Whose code a Python file is. */
import { expect, it } from 'vitest';
import { createPythonResolver } from '../../../kernel/languages/python/resolver.ts';

const cell = { executionCount: 6, lineOffset: 0, source: 'x = 1\ny = 2' };
const body = { executionCount: 8, lineOffset: 1, source: '%%time\nz = 3' };
const resolver = createPythonResolver({
  cells: new Map([['/tmp/ipykernel_9/123.py', cell]]),
  body,
  libraryFolders: ['/opt/py/lib/python3.12', '/opt/py/lib/python3.12/site-packages/'],
  cellFolder: '/tmp/ipykernel_9/',
  workingDirectory: '/home/me/work',
  readFile: path => (path === '/home/me/work/tools/load.py' ? 'a\nb\n' : undefined),
});

it.each([
  ['/tmp/ipykernel_9/123.py', { kind: 'cell', executionCount: 6, lineOffset: 0 }],
  ['<timed exec>', { kind: 'cell', executionCount: 8, lineOffset: 1 }],
  ['<magic-timeit>', { kind: 'cell', executionCount: 8, lineOffset: 1 }],
  ['/tmp/ipykernel_9/999.py', { kind: 'runtime' }],
  ['<frozen importlib._bootstrap>', { kind: 'runtime' }],
  ['<string>', { kind: 'runtime' }],
  [
    '/opt/py/lib/python3.12/site-packages/numpy/_core/fromnumeric.py',
    { kind: 'library', package: 'numpy' },
  ],
  ['/opt/py/lib/python3.12/site-packages/six.py', { kind: 'library', package: 'six' }],
  ['/opt/py/lib/python3.12/json/decoder.py', { kind: 'library', package: 'json' }],
  ['/home/me/work/tools/load.py', { kind: 'file', file: 'tools/load.py' }],
  ['/srv/shared/util.py', { kind: 'file', file: '/srv/shared/util.py' }],
] as const)('%s', (file, origin) => {
  expect(resolver.origin(file)).toEqual(origin);
});

it('reads the text of lines as they ran', () => {
  expect(resolver.text({ executionCount: 6, line: 2 })).toBe('y = 2');
  expect(resolver.text({ executionCount: 8, line: 2 })).toBe('z = 3');
  expect(resolver.text({ file: 'tools/load.py', line: 1 })).toBe('a');
  expect(resolver.text({ file: '/srv/shared/util.py', line: 1 })).toBeUndefined();
  expect(resolver.text({ executionCount: 99, line: 1 })).toBeUndefined();
});

it.each([
  ['BaseProcess._bootstrap', '/usr/lib/python3.11/multiprocessing/process.py', true],
  ['Thread.run', '/usr/lib/python3.11/threading.py', true],
  ['_WorkItem.run', '/usr/lib/python3.11/concurrent/futures/thread.py', true],
  ['Thread.run', '/home/me/threading_tools.py', false],
  ['Event.wait', '/usr/lib/python3.11/threading.py', false],
])('a thread or process begins in %s of %s: %s', (name, file, isEntry) => {
  expect(resolver.isEntry({ function: name, file, line: 1, firstLine: 1 })).toBe(isEntry);
});
