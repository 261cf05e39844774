/**
 * What a report says, as numbers: every renderer and the widget read this and nothing else.
 * No words here beyond those of the profile itself; `src/render/format.ts` turns numbers into words.
 */
import type {
  Cause,
  CellLabel,
  CellMemory,
  FileUse,
  HotFunction,
  HotLine,
  IoTotals,
  Measured,
  MemoryLine,
  MemoryPattern,
  MissingIndex,
  QueryUse,
  RankedCell,
  RequestUse,
  RunTotals,
  TimeSplit,
} from '../analysis/index.ts';
import type { CellComparison } from './comparison.ts';
import type {
  Cell,
  Container,
  Finding,
  Line,
  LockWait,
  OffCpu,
  Profile,
  Share,
  Variable,
} from '../profile/index.ts';

export interface Report {
  /** Where the numbers come from; its environment, methods and notes are part of the report. */
  readonly profile: Profile;
  readonly run: RunReport;
  /** In the order in which they ran. */
  readonly cells: readonly CellReport[];
  readonly ranking: {
    readonly time: readonly RankedCell[];
    readonly memory: readonly RankedCell[];
    readonly io: readonly RankedCell[];
  };
  /** Hottest first, over the whole run. */
  readonly functions: readonly HotFunction[];
  readonly lines: readonly HotLine[];
  readonly memory: MemoryReport;
  readonly files: readonly FileUse[];
  readonly queries: readonly QueryUse[];
  readonly missingIndexes: readonly MissingIndex[];
  readonly requests: readonly RequestUse[];
  readonly lockWaits: readonly LockWait[];
  readonly findings: readonly Finding[];
}

export interface RunReport extends RunTotals {
  /** Null when no cell's stacks were sampled. */
  readonly time: TimeSplit | null;
  /** Why there are no stacks, functions and lines; empty when there are, or when the profile does not say. */
  readonly noStacksReason: string;
  readonly peakShareOfLimit: Measured<Share>;
  /** Summed over cells; null where no cell tells. */
  readonly gilWaitMs: number | null;
  readonly runQueueMs: number | null;
}

export interface MemoryReport {
  readonly line: MemoryLine;
  /** Null when there are too few samples to say. */
  readonly pattern: MemoryPattern | null;
  /** Index of the cell in which a step, a rapid growth or a peak began. */
  readonly patternCell: number | null;
  /** Largest first; the sizes at the end of the run. */
  readonly consumers: readonly Variable[];
  /** Largest growth first. */
  readonly containers: readonly Container[];
  /** What the findings suspect of leaking. */
  readonly leakSuspects: readonly string[];
}

/** A line of a cell's source, with what was measured on it. */
export interface SourceLine {
  readonly line: number;
  readonly text: string;
  readonly measured: Line | null;
}

export interface CellReport {
  readonly cell: Cell;
  readonly label: CellLabel | null;
  readonly shareOfRun: Share;
  readonly cpu: Measured<{
    readonly userMs: number;
    readonly systemMs: number;
    /** CPU time over wall time. */
    readonly cores: number;
  }>;
  readonly offCpu: Measured<OffCpu>;
  /** What most of the time went to. */
  readonly cause: Cause | null;
  readonly memory: Measured<CellMemory>;
  readonly memoryPattern: MemoryPattern | null;
  readonly io: Measured<IoTotals>;
  readonly hasStacks: boolean;
  /** Every line of the cell's own source. */
  readonly source: readonly SourceLine[];
  /** Measured lines that stand elsewhere: in files and in functions of other cells. Hottest first. */
  readonly linesElsewhere: readonly Line[];
  readonly functions: readonly HotFunction[];
  /** By route; served ones first. */
  readonly requests: readonly RequestUse[];
  /** With the run that `--compare` named; null without. */
  readonly comparison: CellComparison | null;
}
