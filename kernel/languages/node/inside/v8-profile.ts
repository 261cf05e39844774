/** `Profiler.Profile` of the Chrome DevTools Protocol, as far as it is read here. Lines and columns count from 0. */
export interface CallFrame {
  readonly functionName: string;
  readonly scriptId: string;
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

export interface PositionTick {
  /** Counted from 1 here. */
  readonly line: number;
  readonly ticks: number;
}

export interface V8Node {
  readonly id: number;
  readonly callFrame: CallFrame;
  readonly hitCount?: number | undefined;
  readonly children?: readonly number[] | undefined;
  readonly positionTicks?: readonly PositionTick[] | undefined;
}

export interface V8Profile {
  readonly nodes: readonly V8Node[];
  /** Microseconds of the monotonic clock. */
  readonly startTime: number;
  readonly endTime: number;
  /** Ids of leaves. */
  readonly samples?: readonly number[] | undefined;
  /** Microseconds since the sample before; the first since `startTime`. */
  readonly timeDeltas?: readonly number[] | undefined;
}

/** What V8 calls its own entries below the root. */
export const IDLE = '(idle)';
const PROGRAM = '(program)';
export const GARBAGE_COLLECTOR = '(garbage collector)';

/** V8's own time, which no function asked for. */
export const isOfNobody = ({ functionName }: CallFrame): boolean =>
  functionName === GARBAGE_COLLECTOR || functionName === PROGRAM;
