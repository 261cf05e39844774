/** Findings under a profiled cell, by the real hook on real code. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseProfile, PROFILE_MIME_TYPE } from '../../../src/profile/index.ts';
import { startWrappedKernel, type StartedKernel } from '../../support/kernels.ts';
import { profileCell, untilSampled } from './profiled-cell.ts';

let kernel: StartedKernel;

beforeAll(async () => {
  kernel = await startWrappedKernel();
  await untilSampled(kernel.client);
});
afterAll(() => kernel.stop());

const findingsOf = async (code: string) => {
  const { data } = await profileCell(kernel.client, code);
  const profile = parseProfile(data[PROFILE_MIME_TYPE]);
  return { profile, text: String(data['text/plain']), findings: profile.findings };
};

it('tells what is slow on its line, and the lines of the magic count', async () => {
  await kernel.client.execute(
    'import numpy as np\nimport pandas as pd\ndf = pd.DataFrame(np.random.rand(60_000, 3), columns=list("abc"))',
  );
  const { findings, text, profile } = await findingsOf(
    `%%pyperf
# sums by hand
total = 0.0
for i, row in df.iterrows():
    total += row["a"] * row["b"]
print(total)`,
  );
  expect(profile.environment.notes).not.toContainEqual(expect.stringContaining('Findings'));
  expect(findings.map(({ id }) => id)).toEqual(['dataframe-iterrows']);
  expect(findings[0]?.where[0]).toMatchObject({ line: 4 });
  expect(findings[0]?.example).toContain('df["result"]');
  expect(findings[0]?.savesMs).toBeGreaterThan(0);
  expect(text).toContain('Row by row over df');
});

it('says nothing of the same work done well', async () => {
  const { findings } = await findingsOf(
    `%%pyperf
for _ in range(300):
    total = (df["a"] * df["b"]).rolling(50).mean().sum()
print(total)`,
  );
  expect(findings).toEqual([]);
});

it('finds the hot function of an earlier cell', async () => {
  await kernel.client.execute(`def pairs(vectors):
    out = np.zeros((len(vectors), len(vectors)))
    for i in range(len(vectors)):
        for j in range(len(vectors)):
            out[i, j] = np.dot(vectors[i], vectors[j])
    return out`);
  const { findings } = await findingsOf('%%pyperf\nmatrix = pairs(np.random.rand(900, 32))');
  expect(findings.map(({ id }) => id)).toEqual(['pairwise-loop']);
  expect(findings[0]?.where[0]).toMatchObject({ line: 5 });
});
