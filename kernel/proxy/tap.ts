/**
 * What `kernel/run` sees of the traffic. The proxy calls a tap for each message that may concern a cell's run; the tap
 * passes it on (at once, later, changed, or not at all) through the link. A proxy without a tap passes everything.
 */
import type { JupyterMessage } from '../wire/message.ts';

export interface ProxyLink {
  /** Queues a message for the kernel. Order within a channel is kept. */
  toKernel(channel: 'shell' | 'control' | 'stdin', message: JupyterMessage): void;
  /** Queues a message for the clients. Order within a channel is kept. */
  toClients(channel: 'shell' | 'control' | 'stdin' | 'iopub', message: JupyterMessage): void;
  /**
   * Sends the hook's own request. Its reply comes here and nothing of it reaches a client: whatever the kernel
   * publishes with it as parent is swallowed, after `onPublished` saw it.
   */
  request(
    channel: 'shell' | 'control',
    type: string,
    content: Readonly<Record<string, unknown>>,
    onPublished?: (message: JupyterMessage) => void,
  ): Promise<JupyterMessage>;
}

export interface ProxyTap {
  /** From a client, its signature verified. */
  fromClient(channel: 'shell' | 'control', message: JupyterMessage): void;
  /** From the kernel, its signature not verified: call `verify` before acting on more than the message's type. */
  fromKernel(channel: 'shell' | 'control' | 'iopub', message: JupyterMessage): void;
}
