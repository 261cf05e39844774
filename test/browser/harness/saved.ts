/** Outputs as they stand in a saved notebook, for what no kernel need be started for. */
import {
  compactProfile,
  PROFILE_MIME_TYPE,
  roundProfile,
  type Profile,
} from '../../../src/profile/index.ts';

/** What front ends without the extension would show. */
export const FALLBACK = 'the fallback for other front ends';

/** A summary as the hook writes it below a cell (kernel/run/display.ts). */
export const savedOutput = (profile: Profile): Readonly<Record<string, unknown>> => ({
  output_type: 'display_data',
  data: {
    [PROFILE_MIME_TYPE]: roundProfile(compactProfile(profile)),
    'text/html': `<p>${FALLBACK}</p>`,
    'text/plain': FALLBACK,
  },
  metadata: {},
});
