/** What system calls and file descriptors say about a wait. */
import { expect, it } from 'vitest';
import { describe as describeDescriptor } from '../../../kernel/languages/python/cpython/descriptors.ts';
import { waitKinds } from '../../../kernel/languages/python/cpython/syscalls/syscalls.ts';

it.each([
  ['socket:[123]', 'network', undefined],
  ['pipe:[77]', 'wait', undefined],
  ['anon_inode:[eventfd]', 'wait', undefined],
  ['/data/a b.csv', 'disk', '/data/a b.csv'],
  ['/tmp/gone.bin (deleted)', 'disk', '/tmp/gone.bin'],
  ['/dev/pts/0', 'other', undefined],
  ['/proc/1/stat', 'other', undefined],
])('a descriptor of %s', (target, cause, path) => {
  expect(describeDescriptor(target)).toEqual({ cause, path });
});

it.each([
  ['x86_64', 230, 'sleep'],
  ['x86_64', 202, 'futex'],
  ['x86_64', 0, 'descriptor'],
  ['x86_64', 232, 'readiness'],
  ['x86_64', 74, 'file'],
  ['aarch64', 115, 'sleep'],
  ['aarch64', 98, 'futex'],
  ['arm64', 63, 'descriptor'],
  ['aarch64', 22, 'readiness'],
  ['aarch64', 82, 'file'],
])('%s: call %i is %s', (machine, number, kind) => {
  expect(waitKinds(machine).get(number)).toBe(kind);
});

it.each(['x86_64', 'aarch64'])('each call of %s has one kind', machine => {
  const kinds = waitKinds(machine);
  expect(kinds.size).toBeGreaterThan(50);
});

it('knows nothing of other machines', () => {
  expect(waitKinds('riscv64').size).toBe(0);
});
