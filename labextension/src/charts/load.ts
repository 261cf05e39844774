/** Plotly, loaded when the first chart is opened. */
import type { Plotly } from './plotly.ts';

type PlotlyModule = typeof Plotly;
let loading: Promise<PlotlyModule> | undefined;

/** A failed load (the server was away) is tried again the next time. */
export function loadPlotly(): Promise<PlotlyModule> {
  loading ??= import('./plotly.ts').then(
    module => module.Plotly,
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}
