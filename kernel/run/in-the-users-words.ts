/** Messages in which the user's code stands, other than the cell's own: where we changed it, both sides see theirs. */
import type { LanguageSession } from '../languages/adapter.ts';
import type { JsonObject, JupyterMessage } from '../wire/message.ts';
import type { Signer } from '../wire/signer.ts';
import { restoreInput, toRequest } from './cell-messages.ts';
import { parseMagic } from './magic.ts';

/** A debugger finds a cell by the hash of its code: where we changed the code, it must hash the same. */
export function asTheKernelRanIt(
  message: JupyterMessage,
  language: LanguageSession,
  signer: Signer,
): JupyterMessage {
  if (message.header.msg_type !== 'debug_request') return message;
  const { command, arguments: args } = message.content;
  const code = command === 'dumpCell' && isObject(args) ? args['code'] : undefined;
  const magic = typeof code === 'string' ? parseMagic(code) : undefined;
  if (!magic || typeof code !== 'string' || !isObject(args)) return message;
  const request = toRequest(message.header.msg_id, code, magic, undefined);
  const edit = language.prepare(request);
  if (edit.code === undefined) return message;
  return message.with(signer, {
    content: { ...message.content, arguments: { ...args, code: edit.code } },
  });
}

/** A `history_reply` with what was typed. */
export function asTyped(
  message: JupyterMessage,
  language: LanguageSession,
  signer: Signer,
): JupyterMessage {
  const { history } = message.content;
  if (!Array.isArray(history)) return message;
  let changed = false;
  const typed = history.map((entry: unknown) => {
    if (!Array.isArray(entry)) return entry;
    const input = restoreInput(entry[2], code => language.restore(code));
    changed ||= input !== entry[2];
    return [entry[0] as unknown, entry[1] as unknown, input];
  });
  if (!changed) return message;
  return message.with(signer, { content: { ...message.content, history: typed } });
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null;
