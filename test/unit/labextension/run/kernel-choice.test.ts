import { describe, expect, it } from 'vitest';
import { findWrapper, wrapsKernel } from '../../../../labextension/src/run/kernel-choice.ts';

const spec = (name: string, metadata?: Record<string, unknown>, argv: string[] = ['python']) => ({
  name,
  display_name: name,
  argv,
  ...(metadata && { metadata }),
});
const wrapper = (name: string, wraps: string) => spec(name, { debugger: true, pyperf: { wraps } });

describe('wrapsKernel', () => {
  it('reads what `jupyter pyperf install` writes', () =>
    expect(wrapsKernel(wrapper('pyperf-python3', 'python3'))).toBe('python3'));

  it.each([
    ['/srv/kernels/bare', 'bare'],
    ['C:\\jupyter\\kernels\\bare\\', 'bare'],
  ])('reads the command of a spec written by hand: %s', (folder, expected) =>
    expect(
      wrapsKernel(spec('mine', undefined, ['node', '/opt/hook.cjs', '--kernelspec', folder])),
    ).toBe(expected),
  );

  it.each([
    spec('python3'),
    spec('python3', { pyperf: 'no' }),
    spec('other', undefined, ['node', '/opt/other.cjs', '--kernelspec', '/srv/bare']),
    spec('cut', undefined, ['node', '/opt/hook.cjs', '--kernelspec']),
  ])('knows that $name is not ours', other => expect(wrapsKernel(other)).toBeUndefined());
});

describe('findWrapper', () => {
  it('finds the kernel that wraps this one, by its own name first', () => {
    const specs = [
      spec('python3'),
      wrapper('my-python', 'python3'),
      wrapper('pyperf-python3', 'Python3'),
      wrapper('pyperf-ir', 'ir'),
    ];
    expect(findWrapper(specs, 'python3')?.name).toBe('pyperf-python3');
    expect(findWrapper(specs.slice(0, 2), 'PYTHON3')?.name).toBe('my-python');
    expect(findWrapper(specs, 'julia')).toBeUndefined();
  });
});
