/** The report of what a source has now: built anew when figures come, but not for every one, and never while hidden. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { buildReport, type Report } from '../../../src/report/index.ts';
import type { ReportSource } from './report-source.ts';

/** Long runs of short cells would build one report after the other. */
const MIN_INTERVAL_MS = 500;
/** Of all time, the part that building may take. */
const MAX_BUSY_SHARE = 0.1;

export interface ReportState {
  readonly report: Report | null;
  /** Why there is none, where something is wrong. */
  readonly problem: string | null;
}

export function useReport(source: ReportSource, isVisible: boolean): ReportState {
  const [version, setVersion] = useState(0);
  const buildMs = useRef(0);
  const isOutdated = useRef(false);

  useEffect(() => {
    if (!isVisible) {
      const note = () => (isOutdated.current = true);
      source.changed.connect(note);
      return () => void source.changed.disconnect(note);
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer = undefined;
      setVersion(n => n + 1);
    };
    const later = () => {
      timer ??= setTimeout(refresh, Math.max(MIN_INTERVAL_MS, buildMs.current / MAX_BUSY_SHARE));
    };
    source.changed.connect(later);
    if (isOutdated.current) refresh();
    isOutdated.current = false;
    return () => {
      clearTimeout(timer);
      // A change that waited for the timer.
      if (timer !== undefined) isOutdated.current = true;
      source.changed.disconnect(later);
    };
  }, [source, isVisible]);

  return useMemo(() => {
    const started = performance.now();
    const state = build(source);
    buildMs.current = performance.now() - started;
    return state;
    // `version` counts the changes of what the source holds.
  }, [source, version]);
}

function build(source: ReportSource): ReportState {
  try {
    const profile = source.profile();
    return { report: profile && buildReport(profile), problem: null };
  } catch (error) {
    return { report: null, problem: error instanceof Error ? error.message : String(error) };
  }
}
