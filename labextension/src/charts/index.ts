/** Charts: plotly behind one late import. */
export * from './chart.tsx';
export * from './figure.ts';
export * from './text.ts';
export type { ChartTheme } from './theme.ts';
