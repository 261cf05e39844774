/** The output that a profiled cell gets: our own type for the widget, HTML and text for everybody else. */
import { PROFILE_MIME_TYPE, roundProfile, type Profile } from '../../src/profile/index.ts';
import { buildReport } from '../../src/report/index.ts';
import { renderers } from '../../src/render/index.ts';
import type { Answer } from './answers.ts';

export function displayOf(profile: Profile): Answer {
  const report = buildReport(profile);
  return {
    type: 'display_data',
    content: {
      data: {
        [PROFILE_MIME_TYPE]: roundProfile(profile),
        'text/plain': renderers.txt.render(report),
      },
      metadata: {},
      transient: {},
    },
  };
}
