/** The order of test files where several run side by side: the longest first, so that none of them ends alone. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Those that take a minute and more, the longest first. Others come in vitest's own order. */
const LONGEST = [
  'jupyter/notebooks',
  'jupyter/lifecycle',
  'advice/advice',
  'cli/nbclient',
  'jupyter/kernel-suite',
  'cli/run',
  'jupyter/server',
  'proxy/traffic',
  'node/server',
  'proxy/lifecycle',
].map(file => `/${file}.test.ts`);

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex(file => moduleId.endsWith(file));
      return at < 0 ? LONGEST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
