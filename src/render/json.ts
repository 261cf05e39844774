/** The profile itself: the format that we read again, to compare runs or to render later. */
import { serializeProfile } from '../profile/index.ts';
import type { Report } from '../report/index.ts';

/** One space a level: a file that `git diff` and a person can read, a fifth larger than one line. */
export const renderJson = ({ profile }: Report): string => `${serializeProfile(profile, 1)}\n`;
