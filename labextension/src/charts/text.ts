/**
 * Text for plotly, which takes labels for a small HTML. A name from the user's code stays what it is: no tag, no entity,
 * no formula (`typesetMath: false` in `chart.tsx` does the last).
 */
export const chartText = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Lines of one hover label; each is data and escaped. */
export const chartLines = (lines: readonly string[]): string => lines.map(chartText).join('<br>');
