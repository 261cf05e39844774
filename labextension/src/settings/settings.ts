/**
 * The user's settings as the parts read them. `schema/plugin.json` describes the same keys to JupyterLab's settings
 * editor; a test holds the defaults of both together.
 */
import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';

export const IPyPerfSettings = new Token<IPyPerfSettings>(
  'jupyterlab-pyperf:IPyPerfSettings',
  'The settings of PyPerf, as the user has them now.',
);

export interface IPyPerfSettings {
  /** The defaults until the user's own are loaded, which emits `changed`. */
  readonly values: Settings;
  readonly changed: ISignal<IPyPerfSettings, Settings>;
  set<Key extends keyof Settings>(key: Key, value: Settings[Key]): Promise<void>;
}

export const TABS = [
  'lines',
  'timeline',
  'functions',
  'memory',
  'io',
  'findings',
  'compare',
] as const;
export type TabName = (typeof TABS)[number];

export const TIME_FORMATS = ['relative', 'absolute'] as const;
export type TimeFormat = (typeof TIME_FORMATS)[number];

/** The timing badge under cells. No interface: it is JSON as it stands. */
export type BadgeSettings = {
  readonly enabled: boolean;
  /** Cells that took less get none. */
  readonly minimumMs: number;
  readonly timeFormat: TimeFormat;
};

export interface Settings {
  /** Heat in the gutter and behind the lines of measured cells. */
  readonly heat: boolean;
  /** Figures of the cell that runs, once or twice a second. */
  readonly live: boolean;
  readonly badge: BadgeSettings;
  readonly statusBar: boolean;
  /** What a summary shows first when it is opened. */
  readonly defaultTab: TabName;
  /** Samples a second for cells that the commands profile; 0: adapts to the length of each cell. */
  readonly rateHz: number;
  /** Whether "Profile notebook" asks before it switches to the PyPerf kernel. */
  readonly switchKernel: 'ask' | 'always';
}

export const DEFAULT_SETTINGS: Settings = {
  heat: true,
  live: true,
  badge: { enabled: true, minimumMs: 100, timeFormat: 'absolute' },
  statusBar: true,
  defaultTab: 'lines',
  rateHz: 0,
  switchKernel: 'ask',
};

/** Hand-edited settings may hold anything: what is not as it should be counts as not set. */
export function readSettings(composite: Readonly<Record<string, unknown>>): Settings {
  const flag = (key: 'heat' | 'live' | 'statusBar'): boolean => {
    const value = composite[key];
    return typeof value === 'boolean' ? value : DEFAULT_SETTINGS[key];
  };
  const choice = <Value extends string>(
    key: string,
    allowed: readonly Value[],
    fallback: Value,
  ): Value => allowed.find(value => value === composite[key]) ?? fallback;
  return {
    heat: flag('heat'),
    live: flag('live'),
    badge: readBadge(composite['badge']),
    statusBar: flag('statusBar'),
    defaultTab: choice('defaultTab', TABS, DEFAULT_SETTINGS.defaultTab),
    rateHz: readRate(composite['rateHz']),
    switchKernel: choice('switchKernel', ['ask', 'always'], DEFAULT_SETTINGS.switchKernel),
  };
}

/** As high as `%%pyperf --rate` goes. */
const MAX_RATE_HZ = 10_000;
const readRate = (value: unknown): number =>
  typeof value === 'number' && value >= 0 && value <= MAX_RATE_HZ ? value : DEFAULT_SETTINGS.rateHz;

function readBadge(value: unknown): BadgeSettings {
  const { enabled, minimumMs, timeFormat } = (
    typeof value === 'object' && value !== null ? value : {}
  ) as Readonly<Record<string, unknown>>;
  const fallback = DEFAULT_SETTINGS.badge;
  return {
    enabled: typeof enabled === 'boolean' ? enabled : fallback.enabled,
    minimumMs: typeof minimumMs === 'number' && minimumMs >= 0 ? minimumMs : fallback.minimumMs,
    timeFormat: TIME_FORMATS.find(format => format === timeFormat) ?? fallback.timeFormat,
  };
}
