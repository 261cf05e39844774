import { expect, test } from 'vitest';
import { parseHookArguments } from '../../../kernel/proxy/arguments.ts';
import { fillArgv, fillEnv, specOfCommand } from '../../../kernel/proxy/kernel-spec.ts';

test('a kernelspec', () => {
  expect(
    parseHookArguments('--connection-file f --python /p --cell-metadata --kernelspec d'.split(' ')),
  ).toEqual({
    connectionFile: 'f',
    python: '/p',
    cellMetadata: true,
    kernel: { kernelspec: 'd' },
  });
});

test('a command keeps its own options', () => {
  expect(parseHookArguments(['-f', 'f', '--', 'node', 'k.js', '-f', '--x'])).toEqual({
    connectionFile: 'f',
    cellMetadata: false,
    kernel: { argv: ['node', 'k.js', '-f', '--x'] },
  });
});

test.each([
  [['--kernelspec', 'd'], /--connection-file/],
  [['-f', 'f'], /neither/],
  [['-f', 'f', '--'], /neither/],
  [['-f', 'f', '--kernelspec', 'd', '--', 'x'], /not both/],
  [['-f', 'f', '--wrong'], /wrong/],
])('%j is refused in one sentence', (argv, reason) => {
  expect(() => parseHookArguments(argv)).toThrow(reason);
});

test("Jupyter's markers are filled in, others stay", () => {
  const spec = {
    ...specOfCommand(['python', '{connection_file}', '{kernel_connection_file}', '-c', '{x}']),
    dir: '/d',
  };
  expect(fillArgv(spec, { connectionFile: 'c', python: '/p' })).toEqual([
    '/p',
    'c',
    'c',
    '-c',
    '{x}',
  ]);
  expect(fillArgv(specOfCommand(['{resource_dir}/k', 'python']), { connectionFile: 'c' })).toEqual([
    '/k',
    'python',
  ]);
});

test('values of env are templates as in jupyter_client', () => {
  expect(
    fillEnv({ A: '${HOME}/x:$USER', B: '$$HOME $5 ${NOPE}' }, { HOME: '/h', USER: 'u' }),
  ).toEqual({ A: '/h/x:u', B: '$HOME $5 ${NOPE}' });
});
