/**
 * How a front end learns that a kernel runs behind the hook, without a word that the kernel itself would hear: one
 * more field in the `kernel_info_reply`, `pyperf: {version}`. Clients pass over fields that they do not know.
 */
import type { JupyterMessage } from '../wire/message.ts';
import type { Signer } from '../wire/signer.ts';

/** @param reply its signature is verified here: what is not the kernel's own passes as it came. */
export function marked(reply: JupyterMessage, version: string, signer: Signer): JupyterMessage {
  if (reply.header.msg_type !== 'kernel_info_reply' || !reply.verify(signer)) return reply;
  return reply.with(signer, { content: { ...reply.content, pyperf: { version } } });
}
