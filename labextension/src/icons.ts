/** Our icon, in the colours of the theme. The name is in the settings' schema, too. */
import { LabIcon } from '@jupyterlab/ui-components';

const FLAME = `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <path class="jp-icon3 jp-icon-selectable" fill="#616161" fill-rule="evenodd" d="M13.2 1.5c.5 3.1-1 5-2.6 6.9C9 10.3 6 12.3 6 16.2 6 20 8.8 22.5 12 22.5s6.5-2.5 6.5-6.5c0-2.8-1.3-4.7-2.5-6-.1 1.3-.6 2.2-1.6 2.9.5-4.2.6-8.2-1.2-11.4zM12.2 13.3c1.5 1.2 2.6 2.6 2.6 4.4 0 1.8-1.2 3-2.8 3s-2.7-1.2-2.7-2.9c0-1.1.6-1.9 1.3-2.7.7-.6 1.3-1 1.6-1.8z"/>
</svg>`;

export const flameIcon = new LabIcon({ name: 'pyperf:flame', svgstr: FLAME });
