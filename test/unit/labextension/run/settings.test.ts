import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, readSettings } from '../../../../labextension/src/settings/settings.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const schema = JSON.parse(readFileSync(`${ROOT}/labextension/schema/plugin.json`, 'utf8')) as {
  readonly properties: Readonly<
    Record<string, { readonly default: unknown; readonly oneOf?: { const: unknown }[] }>
  >;
};

describe('the settings', () => {
  it('have the defaults that the settings editor shows', () =>
    expect(
      Object.fromEntries(
        Object.entries(schema.properties).map(([key, { default: value }]) => [key, value]),
      ),
    ).toEqual({
      ...DEFAULT_SETTINGS,
    }));

  it('take every choice that the settings editor offers', () => {
    for (const [key, { oneOf = [] }] of Object.entries(schema.properties))
      for (const { const: value } of oneOf)
        expect(readSettings({ [key]: value })).toMatchObject({ [key]: value });
  });

  it('take what the user has, and no nonsense', () => {
    expect(readSettings({ heat: false, defaultTab: 'memory' })).toEqual({
      ...DEFAULT_SETTINGS,
      heat: false,
      defaultTab: 'memory',
    });
    expect(readSettings({ heat: 'yes', defaultTab: 7, switchKernel: 'never', rateHz: -1 })).toEqual(
      DEFAULT_SETTINGS,
    );
  });
});
