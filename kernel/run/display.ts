/** The outputs that a cell of ours gets: our own type for the widget, HTML, Markdown and text for everybody else. */
import {
  compactProfile,
  PROFILE_MIME_TYPE,
  roundProfile,
  type Profile,
} from '../../src/profile/index.ts';
import { renderers, renderHtmlFragment } from '../../src/render/index.ts';
import { buildReport } from '../../src/report/index.ts';
import type { Answer } from './answers.ts';

/** One profiled cell. */
export function displayCell(profile: Profile): Answer {
  const report = buildReport(profile);
  return display(profile, {
    'text/html': renderHtmlFragment(report),
    'text/plain': renderers.txt.render(report),
  });
}

/** `%pyperf report`: all cells of this kernel's life. */
export function displayRun(profile: Profile): Answer {
  const report = buildReport(profile);
  return display(profile, {
    'text/markdown': renderers.md.render(report),
    'text/plain': renderers.txt.render(report),
  });
}

/** What an output may add to the notebook file. */
const OUTPUT_BYTES = 60_000;
/** For the names and brackets around, and for figures that rounding makes longer. */
const SPARE_BYTES = 1500;

function display(profile: Profile, texts: Readonly<Record<string, string>>): Answer {
  const textBytes = Object.values(texts).reduce((sum, text) => sum + sizeInFile(text), 0);
  const compact = compactProfile(profile, OUTPUT_BYTES - SPARE_BYTES - textBytes);
  return {
    type: 'display_data',
    content: {
      data: { [PROFILE_MIME_TYPE]: roundProfile(compact), ...texts },
      metadata: {},
      transient: {},
    },
  };
}

/** A notebook holds each line as a string of its own, indented. */
const sizeInFile = (text: string): number =>
  Buffer.byteLength(JSON.stringify(text)) + 12 * text.split('\n').length;
