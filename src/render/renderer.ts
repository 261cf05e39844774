/** What every renderer is: a report in, the text of a file out. Pure, and safe in a browser. */
import type { Report } from '../report/index.ts';

export interface Renderer {
  /** For a menu: `JSON`, `Web page`. */
  readonly name: string;
  /** Of the file, without a dot at the front: `pyperf.json`. */
  readonly extension: string;
  readonly mimeType: string;
  readonly render: (report: Report) => string;
}
