/** What a thread waits for when it is not on a CPU, see `OffCpuSchema`. Apart from it, so that no schema is loaded. */
export const OFF_CPU_CAUSES = ['disk', 'network', 'lock', 'sleep', 'wait', 'other'] as const;
export type OffCpuCause = (typeof OFF_CPU_CAUSES)[number];
