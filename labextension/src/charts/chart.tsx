/** A plotly chart as a React element: loaded late, in the theme's colours, as wide as its place, purged when it goes. */
import { useEffect, useRef, useState } from 'react';
import type { PlotlyHTMLElement } from 'plotly.js';
import { CHART_CONFIG, type Figure } from './figure.ts';
import { loadPlotly } from './load.ts';
import { readChartTheme, watchChartTheme, type ChartTheme } from './theme.ts';

export interface ChartProps {
  /** Must keep its identity while nothing changes: a new one draws the chart again. */
  readonly figure: (theme: ChartTheme, widthPx: number) => Figure;
  readonly heightPx: number;
  /** What a screen reader says of it; the figures are in a table beside it. */
  readonly label: string;
  /** A click on a box of an icicle, by its id. Plotly's own animated zoom is off. */
  readonly onPick?: (id: string) => void;
  /** Told when somebody zooms; null is the whole. */
  readonly onZoom?: (range: readonly [number, number] | null) => void;
}

type State = 'loading' | 'drawn' | 'failed';

export function Chart({ figure, heightPx, label, onPick, onZoom }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<State>('loading');
  const callbacks = useRef({ onPick, onZoom });
  callbacks.current = { onPick, onZoom };

  useEffect(() => {
    const node = place.current;
    if (!node) return undefined;
    let gone = false;
    let stop = () => {};
    loadPlotly().then(
      async plotly => {
        if (gone) return;
        let widthPx = 0;
        const draw = async () => {
          // For a moment of a change of theme the page has no layout.
          widthPx = node.clientWidth || widthPx;
          const { data, layout } = figure(readChartTheme(node), widthPx);
          await plotly.react(
            node,
            [...data],
            { ...layout, height: heightPx, width: widthPx, autosize: false },
            CHART_CONFIG,
          );
        };
        const first = !node.classList.contains('js-plotly-plot');
        await draw();
        if (gone) return;
        setState('drawn');
        if (first) listen(node as unknown as PlotlyHTMLElement, callbacks);
        // The attributes change in the middle of JupyterLab's own work, when places have other widths.
        const unwatch = watchChartTheme(() => requestAnimationFrame(() => void draw()));
        const size = watchWidth(
          node,
          () => widthPx,
          () => void draw(),
        );
        stop = () => {
          unwatch();
          size();
        };
      },
      () => {
        if (!gone) setState('failed');
      },
    );
    return () => {
      gone = true;
      stop();
    };
  }, [figure, heightPx]);

  // Apart from the effect above, which comes round at every change of the figure.
  useEffect(() => {
    const node = place.current;
    return () => {
      if (node?.classList.contains('js-plotly-plot'))
        void loadPlotly().then(plotly => plotly.purge(node));
    };
  }, []);

  return (
    <div className="jp-PyPerf-chart" style={{ minHeight: heightPx }}>
      {state !== 'drawn' && (
        <p className="jp-PyPerf-muted" role="status">
          {state === 'loading' ? 'Loading the chart…' : 'The chart could not be loaded.'}
        </p>
      )}
      <div ref={place} role="img" aria-label={label} data-state={state} />
    </div>
  );
}

interface Callbacks {
  readonly current: {
    readonly onPick: ChartProps['onPick'] | undefined;
    readonly onZoom: ChartProps['onZoom'] | undefined;
  };
}

function listen(node: PlotlyHTMLElement, callbacks: Callbacks): void {
  const on = node.on.bind(node) as (name: string, listener: (event: never) => unknown) => void;
  on('plotly_icicleclick', (event: { points?: { id?: string }[] }) => {
    const id = event.points?.[0]?.id;
    if (id !== undefined) callbacks.current.onPick?.(id);
    return false;
  });
  on('plotly_relayout', (event: Record<string, unknown>) => {
    const from = event['xaxis.range[0]'];
    const to = event['xaxis.range[1]'];
    if (typeof from === 'number' && typeof to === 'number') callbacks.current.onZoom?.([from, to]);
    else if (event['xaxis.autorange'] === true || Array.isArray(event['xaxis.range']))
      callbacks.current.onZoom?.(null);
  });
}

/** Hidden charts have no width, and keep the one they had. */
function watchWidth(node: HTMLElement, drawnPx: () => number, changed: () => void): () => void {
  let frame = 0;
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      const width = node.clientWidth;
      if (width !== 0 && width !== drawnPx()) changed();
    });
  });
  observer.observe(node);
  return () => {
    cancelAnimationFrame(frame);
    observer.disconnect();
  };
}
