/** Runs one cell and waits for its end, whichever end that is. */
import type { JsonObject } from '../../../kernel/wire/message.ts';
import type { Exchange } from '../kernel/connection.ts';
import type { KernelExit } from '../kernel/hook-process.ts';
import type { KernelSession } from '../kernel/session.ts';
import { within } from '../kernel/within.ts';

/** How long a kernel may take to answer an interrupt before it counts as stuck. */
const INTERRUPT_LIMIT_MS = 10_000;
/** nbclient's `iopub_timeout`, counted from the last message: a long queue of output may come after the reply. */
const QUIET_LIMIT_MS = 4_000;
/** After a death the hook still drains what the kernel had sent. */
const DRAIN_MS = 500;

export interface CellError {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** Why a cell was interrupted. */
export type Interruption = 'timeout' | 'user';

export type CellEnding =
  | { readonly kind: 'ok' }
  | { readonly kind: 'error'; readonly error: CellError; readonly interrupted?: Interruption }
  | { readonly kind: 'died'; readonly exit: KernelExit }
  /** It did not react to an interrupt and was killed. */
  | { readonly kind: 'stuck'; readonly interrupted: Interruption };

export interface CellWait {
  readonly timeoutMs: number | undefined;
  /** Aborts when the user wants the run to end. */
  readonly stop: AbortSignal;
  /** The `execute_reply`'s date, for the cell's timing metadata. */
  readonly onReply: (date: string) => void;
}

export async function waitForCell(
  session: KernelSession,
  exchange: Exchange,
  { timeoutMs, stop, onReply }: CellWait,
): Promise<CellEnding> {
  const death = session.exited.then(exit => ({ kind: 'died', exit }) as const);
  const reply = exchange.reply.then(message => ({ kind: 'reply', message }) as const);
  const alarm = alarmAfter(timeoutMs, stop);
  try {
    let interrupted: Interruption | undefined;
    const first = await Promise.race([reply, death, alarm.rings]);
    let event: Awaited<typeof reply | typeof death>;
    if (first.kind === 'alarm') {
      interrupted = first.reason;
      session.interrupt();
      const answer = await within(INTERRUPT_LIMIT_MS, Promise.race([reply, death]));
      if (!answer) {
        session.kill();
        await session.exited;
        return { kind: 'stuck', interrupted };
      }
      event = answer;
    } else event = first;
    if (event.kind === 'died') {
      await within(DRAIN_MS, exchange.idle);
      return { kind: 'died', exit: event.exit };
    }
    onReply(event.message.header.date);
    await untilIdle(session, exchange);
    return endingOf(event.message.content, interrupted);
  } finally {
    alarm.off();
    session.connection.forget(exchange);
  }
}

async function untilIdle(session: KernelSession, exchange: Exchange): Promise<void> {
  const idle = exchange.idle.then(() => true);
  const died = session.exited.then(() => within(DRAIN_MS, exchange.idle));
  let quietMs = 0;
  while (quietMs < QUIET_LIMIT_MS) {
    const ended = await within(
      QUIET_LIMIT_MS - quietMs,
      Promise.race([idle, died.then(() => true)]),
    );
    if (ended) return;
    quietMs = session.connection.quietMs;
  }
}

function endingOf(content: JsonObject, interrupted: Interruption | undefined): CellEnding {
  if (content['status'] !== 'error') return { kind: 'ok' };
  const { ename, evalue, traceback } = content;
  return {
    kind: 'error',
    error: {
      ename: typeof ename === 'string' ? ename : 'Error',
      evalue: typeof evalue === 'string' ? evalue : '',
      traceback: Array.isArray(traceback) ? traceback.map(String) : [],
    },
    ...(interrupted && { interrupted }),
  };
}

interface Alarm {
  readonly rings: Promise<{ readonly kind: 'alarm'; readonly reason: Interruption }>;
  readonly off: () => void;
}

function alarmAfter(timeoutMs: number | undefined, stop: AbortSignal): Alarm {
  let off = (): void => undefined;
  const rings = new Promise<{ kind: 'alarm'; reason: Interruption }>(resolve => {
    const onStop = (): void => resolve({ kind: 'alarm', reason: 'user' });
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => resolve({ kind: 'alarm', reason: 'timeout' }), timeoutMs);
    stop.addEventListener('abort', onStop);
    if (stop.aborted) onStop();
    off = () => {
      clearTimeout(timer);
      stop.removeEventListener('abort', onStop);
    };
  });
  return { rings, off };
}
