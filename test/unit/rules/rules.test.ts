/** Every rule where it fires and where it must not. The cases stand in `cases/`, one list a topic. */
import { describe, expect, it } from 'vitest';
import { builtinRules } from '../../../src/rules/index.ts';
import { arrayCases } from './cases/arrays.ts';
import { dataFrameCases } from './cases/data-frames.ts';
import { databaseCases } from './cases/databases.ts';
import { fileCases } from './cases/files.ts';
import { loopCases } from './cases/loops.ts';
import { memoryCases } from './cases/memory.ts';
import { textCases } from './cases/texts.ts';
import { workCases } from './cases/work.ts';
import { findIn, placesIn } from './find.ts';

const cases = [
  ...dataFrameCases,
  ...arrayCases,
  ...databaseCases,
  ...fileCases,
  ...loopCases,
  ...textCases,
  ...workCases,
  ...memoryCases,
];

describe.each(cases)('$rule', ({ rule, fires, silent }) => {
  it.each(fires.map(example => [example.name, example] as const))(
    'fires: %s',
    async (_, example) => {
      const places = await placesIn(example.code ?? example.cells ?? '', example);
      expect(places).toContain(`${rule} ${example.at}`);
      const finding = (await findIn(example.code ?? example.cells ?? '', example)).find(
        ({ id }) => id === rule,
      );
      // A name that no capture has would show as an ellipsis.
      expect(`${finding?.title} ${finding?.advice}`).not.toMatch(/…|\{\{/);
    },
  );
  it.each(silent.map(example => [example.name, example] as const))(
    'is silent: %s',
    async (_, example) => {
      const places = await placesIn(example.code ?? example.cells ?? '', example);
      expect(places.filter(place => place.startsWith(`${rule} `))).toEqual([]);
    },
  );
});

it('has a case for every rule', () => {
  expect(cases.map(({ rule }) => rule).sort()).toEqual(builtinRules.map(({ id }) => id).sort());
});
