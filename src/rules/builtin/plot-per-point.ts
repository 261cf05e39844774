/** One call of a plotting function for each point. */
import { syntaxRule } from '../rule.ts';

export const plotPerPoint = syntaxRule({
  id: 'plot-per-point',
  severity: 'critical',
  title: 'One {{method}}() call per point',
  advice:
    'Each call makes an artist of its own, which is laid out and drawn alone. Draw all points in one call; colours and sizes can be arrays too.',
  example: '{{axes}}.scatter(xs, ys, c=colours, s=sizes)   # one call for all points',
  docsUrl: 'https://matplotlib.org/stable/users/explain/artists/performance.html',
  match: {
    query: `(call function: (attribute object: (_) @axes attribute: (identifier) @method) arguments: (argument_list) @points
      (#any-of? @method "plot" "scatter" "bar" "barh" "errorbar" "vlines" "hlines" "axvline" "axhline" "axvspan" "axhspan" "add_patch" "add_line" "add_artist" "add_trace" "fill_between" "text" "annotate" "semilogy" "semilogx" "loglog")) @place`,
    stands: 'loop',
    usesLoopVariable: ['points'],
    callees: '^(matplotlib|plotly|seaborn|bokeh|mpl_toolkits)\\b',
    calleeShare: 0.5,
    minTurns: 30,
  },
  specificity: 7,
  factor: 10,
  because:
    'one call draws some hundred points in the time of one artist; a tenth is left to be sure',
});
