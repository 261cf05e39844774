/**
 * What the hook costs: the same kernel bare and wrapped, in turns within one run, so that a busy machine slows both.
 *
 * `run()` prints the figures and returns them; `node scripts/bench.mjs` calls it.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { freePorts } from '../kernel/wire/free-ports.ts';
import { CHANNELS, type Connection, type JupyterMessage } from '../kernel/wire/index.ts';
import { JupyterClient } from '../test/support/jupyter-client.ts';
import {
  ROOT,
  startBareKernel,
  startWrappedKernel,
  type StartedKernel,
} from '../test/support/kernels.ts';
import { childrenOf, memoryOf, sleep } from '../test/support/processes.ts';

const STARTS = 7;
const ROUND_TRIPS = 400;
const BURSTS = 5;
const MESSAGES = 20_000;

/** A print that finds the one before still waiting joins it: counted are lines, not messages. */
const PRINTS = `for i in range(${MESSAGES}): print(i, flush=True)`;
/** Bare ipykernel loses what a client has not read when 1000 messages wait; here all shall arrive. */
const LIFT_LIMIT = 'get_ipython().kernel.iopub_thread.socket.sndhwm = 0';
/** Messages made beforehand: as fast as a kernel can send at all. */
const RAW_SENDS = `
def burst():
    kernel = get_ipython().kernel
    frames = [b'stream'] + kernel.session.serialize(kernel.session.msg(
        'stream', {'name': 'stdout', 'text': 'x' * 50 + chr(10)}, parent=kernel.get_parent()))
    send = kernel.iopub_socket.send_multipart
    for _ in range(${MESSAGES}): send(frames)
burst()`;

type Kind = 'bare' | 'wrapped';
const KINDS: readonly Kind[] = ['bare', 'wrapped'];
type Both = Record<Kind, number[]>;

/** A bare kernel behind a process that only moves bytes: the least that a proxy in Node can cost. */
const RELAY = join(ROOT, 'bench/relay.mjs');

export interface HookFigures {
  readonly startAddedMs: number;
  readonly roundTripAddedP50Ms: number;
  readonly roundTripAddedP99Ms: number;
  /** What a process that only moves bytes adds to the same trip, in the same turns. */
  readonly relayAddedP50Ms: number;
  /** Messages a second, wrapped over bare. */
  readonly printRatio: number;
  readonly rawRatio: number;
  readonly idleRssBytes: number;
  readonly idlePssBytes: number;
}

export async function run(print: (line: string) => void = console.log): Promise<HookFigures> {
  const starts = await measureStarts();
  print(line('first kernel_info_reply', starts, 0.5, 'ms'));
  const kernels: Record<Kind, StartedKernel> = {
    bare: await startBareKernel(),
    wrapped: await startWrappedKernel(),
  };
  const relayed = await startBareKernel();
  const relay = await startRelay(relayed.connection);
  try {
    const clients = { bare: kernels.bare.client, wrapped: kernels.wrapped.client };
    const trips = await inTurns({ ...clients, relayed: relay.client }, ROUND_TRIPS, client =>
      timed(() => client.execute('pass')),
    );
    print(line('pass, p50', trips, 0.5, 'ms'));
    print(line('pass, p99', trips, 0.99, 'ms'));
    const relayAddedP50Ms = at(trips.relayed, 0.5) - at(trips.bare, 0.5);
    print(
      `  of which a process that only moves bytes: +${round(relayAddedP50Ms)} ms (×${(at(trips.relayed, 0.5) / at(trips.bare, 0.5)).toFixed(2)})`,
    );
    for (const client of Object.values(clients)) await client.execute(LIFT_LIMIT);
    const prints = await inTurns(clients, BURSTS, client => rate(client, PRINTS));
    print(line('20,000 flushed prints', prints, 0.5, 'lines/s'));
    const raw = await inTurns(clients, BURSTS, client => rate(client, RAW_SENDS));
    print(line('20,000 raw sends', raw, 0.5, 'lines/s'));
    const idle = await startWrappedKernel();
    await sleep(1500);
    const memory = memoryOf(idle.pid);
    const guards = childrenOf(idle.pid).filter(child => child.command.includes('guard'));
    await idle.stop();
    print(
      `idle hook: RSS ${mb(memory.rssBytes)} MB, PSS ${mb(memory.pssBytes)} MB, ${guards.length} guard`,
    );
    return {
      startAddedMs: at(starts.wrapped, 0.5) - at(starts.bare, 0.5),
      roundTripAddedP50Ms: at(trips.wrapped, 0.5) - at(trips.bare, 0.5),
      roundTripAddedP99Ms: at(trips.wrapped, 0.99) - at(trips.bare, 0.99),
      relayAddedP50Ms,
      printRatio: at(prints.wrapped, 0.5) / at(prints.bare, 0.5),
      rawRatio: at(raw.wrapped, 0.5) / at(raw.bare, 0.5),
      idleRssBytes: memory.rssBytes,
      idlePssBytes: memory.pssBytes,
    };
  } finally {
    relay.client.close();
    relay.process.kill();
    for (const kernel of [...Object.values(kernels), relayed]) await kernel.stop();
  }
}

async function startRelay(
  to: Connection,
): Promise<{ client: JupyterClient; process: ChildProcess }> {
  const ports = await freePorts(CHANNELS.length, to.ip);
  const own = Object.fromEntries(CHANNELS.map((channel, i) => [`${channel}_port`, ports[i]]));
  const pairs = CHANNELS.map((channel, i) => `${ports[i]}:${to[`${channel}_port`]}`);
  const child = spawn(process.execPath, [RELAY, ...pairs], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise(resolve => child.stdout.once('data', resolve));
  return { client: new JupyterClient({ ...to, ...own }), process: child };
}

async function measureStarts(): Promise<Both> {
  const times: Both = { bare: [], wrapped: [] };
  for (let round = 0; round <= STARTS; round++) {
    for (const kind of KINDS) {
      const start = kind === 'bare' ? startBareKernel : startWrappedKernel;
      const before = performance.now();
      const kernel = await start({ wait: false });
      const client = new JupyterClient(kernel.connection, { reconnectIntervalMs: 5 });
      await client.request('shell', 'kernel_info_request', {});
      if (round > 0) times[kind].push(performance.now() - before); // the first fills caches
      client.close();
      await kernel.stop();
    }
  }
  return times;
}

async function inTurns<K extends string>(
  clients: Readonly<Record<K, JupyterClient>>,
  rounds: number,
  measure: (client: JupyterClient) => Promise<number>,
): Promise<Record<K, number[]>> {
  const turns = (Object.entries(clients) as [K, JupyterClient][]).map(([kind, client]) => ({
    kind,
    client,
    values: [] as number[],
  }));
  const warmUps = Math.ceil(rounds / 10);
  for (let round = -warmUps; round < rounds; round++) {
    for (const { client, values } of turns) {
      client.keepSeen = false;
      const value = await measure(client);
      if (round >= 0) values.push(value);
    }
  }
  return Object.fromEntries(turns.map(({ kind, values }) => [kind, values])) as Record<K, number[]>;
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await action();
  return performance.now() - before;
}

/** Messages a second from the request to the idle status. Counts what arrives: none may be missing. */
async function rate(client: JupyterClient, code: string): Promise<number> {
  const request = client.session.message('execute_request', {
    code,
    silent: false,
    store_history: false,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: true,
  });
  let count = 0;
  // Looks at bytes where it can: a slow client would hide what the hook costs.
  const idle = new Promise<void>(resolve => {
    const stop = client.onPublished(message => {
      if (message.headerBytes.includes('"stream"')) count += linesOf(message);
      else if (
        message.headerBytes.includes('"status"') &&
        message.content['execution_state'] === 'idle' &&
        message.parent.msg_id === request.header.msg_id
      ) {
        stop();
        resolve();
      }
    });
  });
  const durationMs = await timed(async () => {
    await client.sendFrames('shell', request.frames);
    await idle;
  });
  if (count !== MESSAGES) throw new Error(`${MESSAGES - count} of ${MESSAGES} lines were lost`);
  return (MESSAGES / durationMs) * 1000;
}

/** Escaped newlines in the text of a stream message. */
function linesOf(message: JupyterMessage): number {
  const content = message.frames[6] as Buffer; // topic, delimiter, signature, four dictionaries
  let count = 0;
  for (let at = content.indexOf('\\n'); at >= 0; at = content.indexOf('\\n', at + 2)) count++;
  return count;
}

function line(what: string, values: Both, quantile: number, unit: string): string {
  const bare = at(values.bare, quantile);
  const wrapped = at(values.wrapped, quantile);
  const sign = wrapped >= bare ? '+' : '';
  return `${what}: bare ${round(bare)} ${unit}, wrapped ${round(wrapped)} ${unit} (${sign}${round(wrapped - bare)}, ×${(wrapped / bare).toFixed(2)})`;
}

function at(values: readonly number[], quantile: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))] ?? Number.NaN;
}

const round = (value: number): string =>
  Math.abs(value) >= 1000 ? value.toFixed(0) : value.toFixed(2);
const mb = (bytes: number): string => (bytes / 1e6).toFixed(1);
