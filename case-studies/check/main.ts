/** All studies, or those named, one after the other: they measure time. */
import { runStudy, type Surroundings } from './run-study.ts';

/** @returns what is wrong, a line each. */
export async function runStudies(
  names: readonly string[],
  around: Surroundings,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const name of names) {
    const lines = await runStudy(name, around).catch((error: unknown) => [
      `✗ ${error instanceof Error ? error.message : String(error)}`,
    ]);
    wrong.push(...lines.map(line => `${name}: ${line}`));
  }
  return wrong;
}
