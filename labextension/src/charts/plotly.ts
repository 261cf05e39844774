/** Plotly with nothing but the traces that we draw. Only `load.ts` imports it, and late: it is most of our bytes. */
import * as Plotly from 'plotly.js/lib/core';
import * as icicle from 'plotly.js/lib/icicle';

type Register = (modules: readonly unknown[]) => void;
(Plotly as unknown as { register: Register }).register([icicle]);

export { Plotly };
