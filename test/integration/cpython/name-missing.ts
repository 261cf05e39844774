/** Versions that no interpreter here has: skipped by name, so that no run seems to have tested them. */
import { describe, it } from 'vitest';
import { missingVersions } from './interpreters.ts';

export function nameMissing(): void {
  describe.each(missingVersions)('CPython %s', version => {
    it.skip(`is not here: PYPERF_TEST_PYTHONS may name a python${version}`, () => undefined);
  });
}
