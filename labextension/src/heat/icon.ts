/** The button of the heat: lines of code with bars beside them. */
import { LabIcon } from '@jupyterlab/ui-components';

const BARS = `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <path class="jp-icon3 jp-icon-selectable" fill="#616161" d="M3 5h3v2H3zm-1 4h7v2H2zm0 4h5v2H2zm1 4h2v2H3zm8-12h11v2H11zm0 4h9v2h-9zm0 4h11v2H11zm0 4h7v2h-7z"/>
</svg>`;

export const heatIcon = new LabIcon({ name: 'pyperf:heat', svgstr: BARS });
