/** `%pyperf status`: what is measured here, and how. */
import type { Recorder } from './recorder.ts';

export function statusText(recorder: Recorder): string {
  const { notebook, environment } = recorder.profile([]);
  const lines = [
    `PyPerf ${environment.pyperfVersion} around the kernel "${notebook.kernelName}" (${notebook.language} ${notebook.languageVersion})`,
    `cells recorded: ${recorder.count}`,
    'every cell: time, CPU, memory and I/O of the kernel and its descendants',
    '%%pyperf cells, and all while %pyperf on: also lines, waiting and variables',
    ...environment.notes.map(note => `note: ${note}`),
  ];
  return `${lines.join('\n')}\n`;
}
