/** Telling apart what PyPerf adds to a cell from what the cell itself shows. */
import { normalise } from './normalise.ts';
import type { Finished } from './kernel-client.ts';
import type { KernelMessage } from './websocket-protocol.ts';

export const REPORT_MIME = 'application/vnd.pyperf.v1+json';

export const dataOf = ({ content }: KernelMessage): Readonly<Record<string, unknown>> =>
  (content['data'] ?? {}) as Readonly<Record<string, unknown>>;

export const isReport = (message: KernelMessage): boolean => REPORT_MIME in dataOf(message);

export const reportsOf = ({ published }: Finished): readonly KernelMessage[] =>
  published.filter(isReport);

/** What the cell itself published, `execute_input` apart: that holds the source, which differs. */
export const ownOutputs = ({ published }: Finished): readonly unknown[] =>
  normalise(
    published
      .filter(message => !isReport(message) && message.header.msg_type !== 'execute_input')
      .map(({ header, content, metadata }) => [header.msg_type, content, metadata]),
  );
