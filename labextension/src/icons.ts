/** Our icon, in the colours of the theme. The name is in the settings' schema, too. */
import { LabIcon } from '@jupyterlab/ui-components';

const FLAME = `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <path class="jp-icon3 jp-icon-selectable" fill="#616161" fill-rule="evenodd" d="M13.4 1c.7 3.4-1.2 5.6-3.3 7.8C8 11 4.5 13.2 4.5 16.8c0 3.6 3.3 6.2 7.5 6.2s7.8-2.7 7.8-6.9c0-3.2-1.6-5.3-3-6.7-.1 1.3-.7 2.2-1.7 2.9.6-4.2.3-8.1-1.7-11.3zM12.3 13.2c1.9 1.2 3.2 2.6 3.2 4.5s-1.5 3.2-3.4 3.2-3.3-1.3-3.3-3.1c0-1.2.7-2 1.6-2.8.8-.6 1.6-1 1.9-1.8z"/>
</svg>`;

export const flameIcon = new LabIcon({ name: 'pyperf:flame', svgstr: FLAME });
