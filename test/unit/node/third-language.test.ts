/**
 * A third language needs `adapter.ts` and nothing else: a calculator of a few lines, its adapter beside it, and the
 * profile that comes of them through the same code that serves Python and TypeScript.
 */
import { describe, expect, test } from 'vitest';
import type {
  CellRequest,
  KernelHandle,
  LanguageAdapter,
  LanguageSession,
} from '../../../kernel/languages/adapter.ts';
import { attribute, type FrameResolver } from '../../../kernel/languages/attribution/index.ts';
import { MagicLine } from '../../../kernel/languages/magic-line.ts';
import type { StackResult } from '../../../kernel/sampling/stacks.ts';
import { monotonicNs, ms } from '../../../src/profile/index.ts';

const resolver: FrameResolver = {
  origin: file => {
    const count = /^calc (\d+)$/.exec(file)?.[1];
    return count === undefined
      ? { kind: 'runtime' }
      : { kind: 'cell', executionCount: Number(count), lineOffset: 0 };
  },
  text: () => undefined,
  isEntry: () => false,
};

/** Everything that a language is: the rest of the hook does not know its name. */
const calculator: LanguageAdapter = {
  id: 'calculator',
  claims: spec => spec.language === 'calc',
  transport: () => 'tcp',
  launch: launch => ({ ...launch, argv: [...launch.argv, '--with-stacks'] }),
  open: (_kernel, info) =>
    Promise.resolve(info.implementation === 'calc' ? session(info.languageVersion) : undefined),
};

function session(languageVersion: string): LanguageSession {
  const magic = new MagicLine('#');
  return {
    languageVersion,
    notes: [],
    resetsPeak: false,
    prepare: request => {
      const code = magic.commented(request);
      return code === undefined ? {} : { code };
    },
    restore: code => magic.original(code),
    stackTarget: () => ({ sampler: 'calc', pid: 1, details: {} }),
    published: () => undefined,
    marks: () => ({
      startNs: monotonicNs(1_000_000n),
      endNs: monotonicNs(5_000_000n),
      cpuUserMs: ms(3),
      cpuSystemMs: ms(0),
    }),
    finish: (_request, _count, stacks) => {
      const seen = stacks && attribute(stacks, resolver);
      return {
        offCpuMs: seen?.offCpuMs ?? null,
        lines: seen?.lines ?? [],
        functions: seen?.functions ?? [],
        variables: [],
        files: [],
        sampling: {
          method: 'out-of-process',
          intervalMs: stacks?.intervalMs ?? ms(0),
          samples: stacks?.samples ?? 0,
          dropped: 0,
        },
      };
    },
  };
}

const request: CellRequest = {
  msgId: 'one',
  code: '%%pyperf\n1 + 1\n2 * 3',
  magicLines: 1,
  skip: false,
  profile: { memory: 'rss', lines: true },
};

const none = { disk: 0, network: 0, lock: 0, sleep: 0, wait: 0, other: 0 };
const node = (parent: number, frame: number, cpu: number) => ({
  parent,
  frame,
  selfMs: { ...none, cpu },
  samples: cpu,
  rssGrowthBytes: 0,
});
const frame = (line: number) => ({ function: '<module>', file: 'calc 4', line, firstLine: 1 });
const stacks: StackResult = {
  frames: [frame(2), frame(3)],
  groups: [
    { kind: 'main', name: 'main', pid: 1, nodes: [node(-1, -1, 0), node(0, 0, 1), node(0, 1, 3)] },
  ],
  samples: 4,
  dropped: 0,
  intervalMs: ms(1),
  notes: [],
};

describe('an adapter for a language that nothing else knows', () => {
  const spec = { name: 'calc', dir: '', argv: ['calc'], language: 'calc', env: {} };
  const info = {
    implementation: 'calc',
    implementationVersion: '1',
    language: 'calc',
    languageVersion: '1.0',
  };

  test('claims, launches and opens its kernel', async () => {
    expect(calculator.claims({ ...spec, interruptMode: 'signal' })).toBe(true);
    expect(calculator.launch({ argv: ['calc'], env: {} }).argv).toEqual(['calc', '--with-stacks']);
    const opened = await calculator.open({} as KernelHandle, info);
    expect(opened?.languageVersion).toBe('1.0');
    expect(await calculator.open({} as KernelHandle, { ...info, implementation: 'x' })).toBe(
      undefined,
    );
  });

  test('takes the magic out and gives it back', async () => {
    const opened = await calculator.open({} as KernelHandle, info);
    const edit = opened?.prepare(request);
    expect(edit?.code).toBe('# %%pyperf\n1 + 1\n2 * 3');
    expect(opened?.restore(edit?.code ?? '')).toBe(request.code);
  });

  test('has its lines attributed by the code that serves every language', async () => {
    const opened = await calculator.open({} as KernelHandle, info);
    const detail = await opened?.finish(request, 4, stacks);
    expect(detail?.lines.map(({ source, share }) => [source, share])).toEqual([
      [{ executionCount: 4, line: 3 }, 0.75],
      [{ executionCount: 4, line: 2 }, 0.25],
    ]);
  });
});
