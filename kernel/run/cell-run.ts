/** One execution of one cell, from its request's arrival to its figures. */
import type { Timestamp } from '../../src/profile/index.ts';
import type { CellRequest } from '../languages/adapter.ts';
import type { JupyterMessage } from '../wire/message.ts';
import type { CellOptions, MagicAction } from './magic.ts';

export interface CellReply {
  readonly status: 'ok' | 'error' | 'aborted';
  readonly error?: { readonly name: string; readonly message: string };
}

export interface CellRun {
  readonly request: CellRequest;
  readonly cellId: string | null;
  readonly action: MagicAction | undefined;
  /** Set when stacks, lines or variables are wanted. */
  readonly options: CellOptions | undefined;
  /** Something of ours goes under the cell, so its idle status and its reply wait for it. */
  readonly held: boolean;
  readonly arrivedAt: Timestamp;
  readonly arrivedNs: bigint;
  /** The kernel raises the usage error itself; otherwise the hook turns its reply into one. */
  readonly kernelRaises: boolean;
  /** The client's `stop_on_error`: cells that wait behind this one are aborted when it fails. */
  readonly stopsOnError: boolean;
  /** Takes back what the magic switched, when the cell is aborted. */
  readonly undo?: () => void;

  executionCount: number | null;
  /** The worker was told that it begins. */
  isSampled: boolean;
  /** Until then: a cell that is only timed may be over before. */
  toSample?: NodeJS.Timeout;
  /** Until then: a short cell has no findings. */
  toFind?: NodeJS.Timeout;
  /** Dates of the kernel's own messages, for kernels without an agent. */
  busyDate?: string;
  inputDate?: string;
  replyDate?: string;
  idleDate?: string;
  reply?: CellReply;
  /** The reply, while it waits for the cell's display. */
  heldReply?: JupyterMessage;
  released: boolean;
  onReply?: () => void;
}
