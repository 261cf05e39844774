/**
 * What the front end and the hook say to each other; the hook's side, with the meaning of each, is
 * `kernel/run/comms.ts`. What comes in is data until it was looked at.
 */
import type { ProfileWish, StartedRun } from '../model/model.ts';

export const COMM_TARGET = 'pyperf';
/** One for all pages: a page that was closed leaves nothing behind, and the last one to wish counts. */
export const COMM_ID = 'jupyterlab-pyperf';

export type ToHook =
  | { readonly type: 'peek' }
  | ({ readonly type: 'wish' } & ProfileWish)
  /** Without `cells`: which runs are kept. With: the figures of some of them. */
  | { readonly type: 'recorded'; readonly cells?: readonly string[] }
  | { readonly type: 'output'; readonly cellId: string }
  | { readonly type: 'forget'; readonly cellId: string; readonly startedAt: string };

/** A run that the hook keeps. */
export interface RecordedRun {
  readonly cellId: string;
  readonly startedAt: string;
  readonly wallTimeMs: number;
  /** Its summary was sent as an output of the cell. */
  readonly shown: boolean;
  readonly earlier: readonly { readonly startedAt: string; readonly wallTimeMs: number }[];
}

export type FromHook =
  | { readonly type: 'hello'; readonly run: StartedRun | null }
  | {
      readonly type: 'cell';
      readonly cellId: string | undefined;
      readonly profile: unknown;
      readonly shown: boolean;
    }
  | {
      readonly type: 'live';
      /** Null when no cell runs, or when it could not be looked at. */
      readonly profile: unknown;
      readonly isRunning: boolean;
    }
  | { readonly type: 'recorded'; readonly runs: readonly RecordedRun[] }
  | { readonly type: 'figures'; readonly profile: unknown }
  | {
      readonly type: 'output';
      readonly cellId: string;
      /** Undefined where nothing was shown. */
      readonly shown:
        | { readonly startedAt: string; readonly data: Readonly<Record<string, unknown>> }
        | undefined;
    };

/** @returns undefined for what no hook of ours says. */
export function fromHook(data: unknown): FromHook | undefined {
  if (!isObject(data)) return undefined;
  const { type, profile } = data;
  switch (type) {
    case 'hello':
      return { type, run: toStartedRun(data['run']) };
    case 'cell':
      return {
        type,
        cellId: isText(data['cellId']) ? data['cellId'] : undefined,
        profile,
        shown: data['shown'] === true,
      };
    case 'live':
      return { type, profile, isRunning: data['isRunning'] === true };
    case 'figures':
      return { type, profile };
    case 'recorded':
      return { type, runs: list(data['runs']).flatMap(toRecordedRun) };
    case 'output': {
      const { cellId, startedAt, data: bundle } = data;
      if (!isText(cellId)) return undefined;
      const isShown = isText(startedAt) && isObject(bundle);
      return { type, cellId, shown: isShown ? { startedAt, data: bundle } : undefined };
    }
    default:
      return undefined;
  }
}

function toStartedRun(value: unknown): StartedRun | null {
  if (!isObject(value)) return null;
  const { startedAt, elapsedMs } = value;
  if (!isDate(startedAt) || !isDuration(elapsedMs)) return null;
  return { startedAt, elapsedMs, cells: list(value['cells']).filter(isText) };
}

function toRecordedRun(value: unknown): RecordedRun[] {
  if (!isObject(value)) return [];
  const { cellId } = value;
  const [run] = toRun(value);
  if (!isText(cellId) || !run) return [];
  const earlier = list(value['earlier']).flatMap(toRun);
  return [{ cellId, ...run, shown: value['shown'] === true, earlier }];
}

function toRun(value: unknown): { startedAt: string; wallTimeMs: number }[] {
  if (!isObject(value)) return [];
  const { startedAt, wallTimeMs } = value;
  return isDate(startedAt) && isDuration(wallTimeMs) ? [{ startedAt, wallTimeMs }] : [];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isDate = (value: unknown): value is string =>
  isText(value) && Number.isFinite(Date.parse(value));
const isDuration = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
