import { printed, type KernelClient } from './kernel-client.ts';
import type { Dictionary } from './websocket-protocol.ts';

/** What JupyterLab's debugger does for a breakpoint in a cell. */
export async function debugSession(client: KernelClient, code: string, line: number) {
  let seq = 0;
  const ask = async (command: string, args: Dictionary = {}): Promise<Dictionary> => {
    const { reply } = await client.request(
      'debug_request',
      { seq: ++seq, type: 'request', command, arguments: args },
      { channel: 'control' },
    );
    if (reply.content['success'] !== true)
      throw new Error(`${command}: ${JSON.stringify(reply.content)}`);
    return (reply.content['body'] ?? {}) as Dictionary;
  };
  await client.execute('pass'); // debugpy needs a cell behind it to have a frame to work with.
  const initialised = await ask('initialize', {
    clientID: 'test',
    adapterID: '',
    linesStartAt1: true,
    columnsStartAt1: true,
    pathFormat: 'path',
    supportsVariableType: true,
  });
  await ask('attach');
  const { sourcePath } = await ask('dumpCell', { code });
  const set = await ask('setBreakpoints', {
    source: { path: sourcePath },
    breakpoints: [{ line }],
    sourceModified: false,
  });
  await ask('configurationDone');
  const info = await ask('debugInfo');
  const cell = client.startExecute(code);
  const stopped = await client.waitFor(
    'the stop',
    ({ header, content }) => header.msg_type === 'debug_event' && content['event'] === 'stopped',
  );
  const { threadId } = stopped.content['body'] as { threadId: number };
  const { stackFrames } = (await ask('stackTrace', { threadId })) as {
    stackFrames: { id: number; line: number; source: { path: string } }[];
  };
  const frame = stackFrames[0];
  const { scopes } = (await ask('scopes', { frameId: frame?.id })) as {
    scopes: { variablesReference: number }[];
  };
  const { variables } = (await ask('variables', {
    variablesReference: scopes[0]?.variablesReference,
  })) as { variables: { name: string; value: string }[] };
  await ask('continue', { threadId });
  const finished = printed(await client.finished(cell));
  await ask('disconnect', { restart: false, terminateDebuggee: false });
  const after = await client.execute('print("after")');
  return {
    initialised: Object.keys(initialised).sort(),
    set: (set['breakpoints'] as { line: number; verified: boolean }[]).map(
      ({ line, verified }) => ({ line, verified }),
    ),
    info: Object.keys(info).sort(),
    stoppedLine: frame?.line,
    stoppedInCell: frame?.source.path === sourcePath,
    x: variables.find(({ name }) => name === 'x')?.value,
    finished,
    after: printed(after),
  };
}
