/**
 * Colours told apart by people with any colour vision (after Okabe and Ito, https://jfly.uni-koeln.de/color/), each with a
 * contrast of at least 3 to both white and JupyterLab's dark grey, so that one set serves both. No figure is told by
 * colour alone: a word stands beside each.
 */
import type { FunctionNode, OffCpuCause } from '../../profile/index.ts';

export const CPU_COLOUR = '#0072b2';
/** Time of which nobody knows what it was spent on. */
export const UNKNOWN_COLOUR = '#6b7a8f';
export const MEMORY_COLOUR = '#aa7b00';
export const READ_COLOUR = '#009e73';
export const WRITE_COLOUR = '#cc79a7';
export const HEAT_COLOUR = '#d55e00';

export const CAUSE_COLOURS: Readonly<Record<OffCpuCause, string>> = {
  disk: '#d55e00',
  network: '#009e73',
  lock: '#cc79a7',
  sleep: '#808080',
  wait: '#9467bd',
  other: '#8c6d31',
};

/** Fills of flame graphs: light enough for dark text, with a contrast of at least 7. */
export const ORIGIN_COLOURS: Readonly<Record<FunctionNode['origin'], string>> = {
  cell: '#8fc7ee',
  file: '#8ad6b8',
  library: '#f0c987',
  runtime: '#cfcfcf',
};
export const ORIGIN_NAMES: Readonly<Record<FunctionNode['origin'], string>> = {
  cell: 'this notebook',
  file: 'your files',
  library: 'libraries',
  runtime: 'the runtime',
};
export const ON_ORIGIN_COLOUR = '#111111';
