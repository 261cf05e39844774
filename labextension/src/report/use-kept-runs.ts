/** The list of kept runs, and the figures of those that are small enough to be read for a list. */
import { useCallback, useEffect, useState } from 'react';
import type { Profile } from '../../../src/profile/index.ts';
import type { KeptRun, KeptRuns } from './kept-runs.ts';

/** Larger files are read when they are chosen. */
const LISTED_UP_TO_BYTES = 4e6;

export interface ListedRun extends KeptRun {
  /** Null until it is read. */
  readonly profile: Profile | null;
  /** Why it cannot be read. */
  readonly problem: string | null;
}

export interface ListedRuns {
  /** Null while it is being asked for. */
  readonly runs: readonly ListedRun[] | null;
  readonly problem: string | null;
  /** Reads a run that was too large for the list. */
  readonly read: (name: string) => void;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

export function useKeptRuns(store: KeptRuns): ListedRuns {
  const [runs, setRuns] = useState<readonly ListedRun[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const read = useCallback(
    (name: string) => {
      const put = (found: Pick<ListedRun, 'profile' | 'problem'>) =>
        setRuns(all => all && all.map(run => (run.name === name ? { ...run, ...found } : run)));
      store.read(name).then(
        profile => put({ profile, problem: null }),
        (error: unknown) => put({ profile: null, problem: messageOf(error) }),
      );
    },
    [store],
  );

  useEffect(() => {
    // Answers may overtake each other, and come when nobody waits any more.
    let asked = 0;
    const look = () => {
      const mine = ++asked;
      store.list().then(
        found => {
          if (mine !== asked) return;
          setRuns(found.map(run => ({ ...run, profile: null, problem: null })));
          setProblem(null);
          for (const { name, sizeBytes } of found)
            if ((sizeBytes ?? 0) <= LISTED_UP_TO_BYTES) read(name);
        },
        (error: unknown) => {
          if (mine !== asked) return;
          setRuns([]);
          setProblem(messageOf(error));
        },
      );
    };
    look();
    const end = store.watch(look);
    return () => {
      asked++;
      end();
    };
  }, [store, read]);

  return { runs, problem, read };
}
