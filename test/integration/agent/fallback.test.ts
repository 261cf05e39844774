import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AgentStacksSchema, toStackResult } from '../../../kernel/languages/python/agent-data.ts';
import { canImport, has, libraryPython, pythons, runProgram } from './pythons.ts';

const NumbersSchema = z.record(z.string(), z.number());
/** `{place: {state: ms}}`. */
const StatesSchema = z.record(z.string(), NumbersSchema);
const TruthSchema = z.object({
  elapsedMs: z.number(),
  spentMs: NumbersSchema,
  functionMs: NumbersSchema,
  stateMs: StatesSchema,
  threadsSeen: z.array(z.string()),
  enumerated: z.number(),
  switchKept: z.boolean(),
  stacks: AgentStacksSchema,
});

const sum = (numbers: Readonly<Record<string, number>> = {}): number =>
  Object.values(numbers).reduce((total, number) => total + number, 0);

async function expectTruth(python: string, scenario: string) {
  const truth = TruthSchema.parse(await runProgram(python, 'fallback_truth', scenario));
  for (const [name, spentMs] of Object.entries(truth.spentMs)) {
    const points = ((truth.functionMs[name] ?? 0) - spentMs) / truth.elapsedMs;
    expect(Math.abs(points), `${name}: ${points}`).toBeLessThan(0.03);
  }
  return truth;
}

/** 3.12 shares with its neighbours all that the sampler touches. PyPy has a test of its own. */
const SAMPLED = pythons.filter(([name]) => name !== '3.12' && name !== 'PyPy');

describe.each(SAMPLED)('Python %s', (_version, python) => {
  it.skipIf(!has(python))('gives lines their time within 3 points, and why', async () => {
    const truth = await expectTruth(python, 'basic');
    for (const [name, state] of [
      ['loop', 'cpu'],
      ['sleep', 'sleep'],
      ['locked', 'lock'],
      ['holds_the_lock', 'cpu'],
    ] as const) {
      const states = truth.stateMs[name] ?? {};
      expect((states[state] ?? 0) / sum(states), `${name} ${state}`).toBeGreaterThan(0.9);
    }
    // Nothing of the sampler shows, nor stays.
    expect(truth.threadsSeen).toEqual(['MainThread']);
    expect(truth.enumerated).toBe(1);
    expect(truth.switchKept).toBe(true);
    const result = toStackResult(truth.stacks);
    const total = result.groups[0]?.nodes.reduce((ms, node) => ms + sum(node.selfMs), 0) ?? 0;
    expect(Math.abs(total / truth.elapsedMs - 1)).toBeLessThan(0.03);
  });

  it.skipIf(!has(python))('follows recursion', async () => {
    await expectTruth(python, 'recursion');
  });

  it.skipIf(!has(python))('takes less than 2 % of a core', async () => {
    const cost = NumbersSchema.parse(await runProgram(python, 'fallback_cases', 'cost'));
    expect(cost['long']).toBeLessThan(0.02);
    expect(cost['short']).toBeLessThan(0.03);
    expect(cost['shortSamples']).toBeGreaterThan(3);
  });

  it.skipIf(!has(python))('sees the user’s threads, not the kernel’s', async () => {
    const seen = z
      .object({
        names: z.array(z.string()),
        alive: z.array(z.string()),
        main: StatesSchema,
        others: StatesSchema,
      })
      .parse(await runProgram(python, 'fallback_cases', 'threads'));
    expect([...seen.names].sort()).toEqual(['MainThread', 'busy one', 'idle one']);
    expect(seen.alive).toEqual(['IOPub', 'MainThread', 'busy one', 'idle one']);
    const busy = Object.entries(seen.others).filter(([place]) => place.startsWith('busy'));
    expect(busy.reduce((ms, [, states]) => ms + sum(states), 0)).toBeGreaterThan(350);
    const idle = seen.others['idle:1'];
    expect(idle?.['lock'] ?? 0).toBeGreaterThan(0.9 * sum(idle));
  });

  it.skipIf(!has(python))('gives time awaiting to the line that awaits', async () => {
    const places = StatesSchema.parse(await runProgram(python, 'fallback_cases', 'awaiting'));
    expect(places['inner:1']?.['sleep']).toBeGreaterThan(450);
    expect(places['inner:1']?.['sleep']).toBeLessThan(600);
    expect(places['cell:7']?.['wait']).toBeGreaterThan(150);
  });

  it.skipIf(!has(python))('stays bounded, and keeps no frame or setting', async () => {
    const many = z
      .object({ nodes: z.number(), ms: z.number(), noted: z.boolean() })
      .parse(await runProgram(python, 'fallback_cases', 'many_functions'));
    expect(many.nodes).toBeLessThanOrEqual(22);
    expect(many.ms).toBeGreaterThan(600);
    expect(many.noted).toBe(true);
    const deep = NumbersSchema.parse(await runProgram(python, 'fallback_cases', 'deep'));
    expect(deep['deepest']).toBeLessThanOrEqual(256);
    expect(deep['ms']).toBeGreaterThan(250);
    expect(await runProgram(python, 'fallback_cases', 'keeps_nothing')).toEqual({
      gone: true,
      stopped: true,
    });
    expect(await runProgram(python, 'fallback_cases', 'other_interval')).toEqual({ kept: true });
  });
});

it.skipIf(!canImport(libraryPython, 'numpy'))('sees calls that let go of the lock', async () => {
  const truth = await expectTruth(libraryPython, 'numpy');
  expect(truth.stateMs['array']?.['cpu'] ?? 0).toBeGreaterThan(0.7 * sum(truth.stateMs['array']));
});

it.skipIf(!has('/usr/bin/pypy3'))('samples on PyPy', async () => {
  const truth = TruthSchema.parse(await runProgram('/usr/bin/pypy3', 'fallback_truth', 'basic'));
  expect(truth.stacks.samples).toBeGreaterThan(10);
  expect(truth.functionMs['sleep']).toBeGreaterThan(600);
});
