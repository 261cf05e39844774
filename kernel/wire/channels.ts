/** The five sockets of a Jupyter kernel, as the messaging spec names them. */
export const CHANNELS = ['shell', 'control', 'stdin', 'iopub', 'hb'] as const;
export type Channel = (typeof CHANNELS)[number];

/** The channels on which both sides speak. */
export type Talk = 'shell' | 'control' | 'stdin';
