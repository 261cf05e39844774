/** What a chart shows, as plotly wants it, and what every chart of ours has in common. */
import type { Config, Data, Layout } from 'plotly.js';
import type { ChartTheme } from './theme.ts';

export interface Figure {
  readonly data: readonly Partial<Data>[];
  readonly layout: Partial<Layout>;
}

/** No tool bar, no wheel (it belongs to the notebook), no link, no formulas made of `$`. */
export const CHART_CONFIG: Partial<Config> = {
  displayModeBar: false,
  displaylogo: false,
  scrollZoom: false,
  doubleClick: 'autosize',
  typesetMath: false,
  showTips: false,
};

export function baseLayout(theme: ChartTheme): Partial<Layout> {
  return {
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: theme.font, size: 12, color: theme.text },
    hoverlabel: {
      bgcolor: theme.background,
      bordercolor: theme.grid,
      align: 'left',
      font: { family: theme.font, size: 12, color: theme.text },
    },
    showlegend: false,
    dragmode: 'zoom',
  };
}
