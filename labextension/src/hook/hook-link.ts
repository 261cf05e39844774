/**
 * The way to the hook around a notebook's kernel: a comm that the hook answers itself. The messages are sent as they
 * are, past JupyterLab's own comms: those would start a thread (a subshell) in the user's kernel for it, and only one
 * connection to a kernel may have them.
 */
import type { ISessionContext } from '@jupyterlab/apputils';
import { KernelMessage, type Kernel } from '@jupyterlab/services';
import type { JSONObject } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';
import type { HookState, ProfileWish } from '../model/model.ts';
import { COMM_ID, COMM_TARGET, fromHook, type FromHook, type ToHook } from './messages.ts';
import { RunningCells } from './running-cells.ts';

/** Jupyter's server may have no ear for a new kernel yet: what the hook answers then is lost, and is asked for again. */
const HELLO_WITHIN_MS = 3000;

export class HookLink {
  readonly stateChanged = new Signal<this, HookState>(this);
  readonly heard = new Signal<this, FromHook>(this);
  readonly running = new RunningCells();
  #state: HookState = 'connecting';
  #attempt = 0;
  /** What was wished since the kernel started: told again when the connection was lost meanwhile. */
  #wish: ProfileWish | undefined;

  constructor(private readonly context: ISessionContext) {
    context.kernelChanged.connect(() => this.#afresh());
    context.sessionChanged.connect(() => this.#afresh());
    context.statusChanged.connect((_, status) => {
      if (status === 'restarting' || status === 'autorestarting' || status === 'dead')
        this.#afresh();
    });
    context.connectionStatusChanged.connect((_, status) => {
      if (status === 'connected') void this.#open();
    });
    context.iopubMessage.connect((_, message) => this.#hear(message));
    context.disposed.connect(() => {
      Signal.clearData(this);
      Signal.clearData(this.running);
    });
    void this.#open();
    // A notebook may also be left without a kernel.
    void context.ready.then(() => (context.session ? undefined : this.#open()));
  }

  get state(): HookState {
    return this.#state;
  }

  /** Does nothing where there is no hook. */
  say(message: ToHook): void {
    const kernel = this.context.session?.kernel;
    if (kernel && this.#state === 'connected')
      send(kernel, 'comm_msg', { comm_id: COMM_ID, data: toJson(message) });
  }

  /** @throws Error when there is no hook. */
  async wish(wish: ProfileWish): Promise<void> {
    if ((await this.#settled()) !== 'connected')
      throw new Error('The kernel of this notebook runs without PyPerf.');
    this.#wish = wish;
    this.say({ type: 'wish', ...wish });
  }

  #settled(): Promise<HookState> {
    if (this.#state !== 'connecting') return Promise.resolve(this.#state);
    return new Promise(resolve => {
      const settle = (_: unknown, state: HookState): void => {
        if (state === 'connecting') return;
        this.stateChanged.disconnect(settle);
        resolve(state);
      };
      this.stateChanged.connect(settle);
    });
  }

  /** Another kernel, or another life of it: its hook knows nothing of us. */
  #afresh(): void {
    this.#wish = undefined;
    this.running.clear();
    void this.#open();
  }

  async #open(): Promise<void> {
    const attempt = ++this.#attempt;
    const kernel = this.context.session?.kernel;
    if (!kernel && !this.context.isReady) return; // it is still being chosen, or started
    if (!kernel || kernel.status === 'dead') return this.#set('absent');
    this.#set('connecting');
    const isWrapped = await hasHook(kernel);
    if (attempt !== this.#attempt) return;
    if (!isWrapped) return this.#set('absent');
    // Once it is connected, this begins anew.
    if (kernel.connectionStatus !== 'connected') return;
    send(kernel, 'comm_open', {
      comm_id: COMM_ID,
      target_name: COMM_TARGET,
      data: { detail: 'compact', ...(this.#wish && { wish: toJson(this.#wish) }) },
    });
    setTimeout(() => {
      if (attempt === this.#attempt && this.#state === 'connecting' && !this.context.isDisposed)
        void this.#open();
    }, HELLO_WITHIN_MS);
  }

  #hear(message: KernelMessage.IMessage): void {
    this.running.hear(message);
    const { msg_type: type } = message.header;
    if (type !== 'comm_msg' && type !== 'comm_close') return;
    const content = message.content as { readonly comm_id?: unknown; readonly data?: unknown };
    if (content.comm_id !== COMM_ID) return;
    // The kernel's own word on a comm that it does not know.
    if (type === 'comm_close') return this.#set('absent');
    const said = fromHook(content.data);
    if (!said) return;
    if (said.type === 'hello' && this.#state === 'connecting') this.#set('connected');
    if (said.type === 'live') this.running.told(said.isRunning);
    this.heard.emit(said);
  }

  #set(state: HookState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.stateChanged.emit(state);
  }
}

/**
 * Found out without a word to the kernel: a kernel that was asked for a comm that it does not know says so in its log.
 * The kernelspec tells at once; the kernel's info, which the hook adds to, tells once the kernel is not busy.
 */
async function hasHook(kernel: Kernel.IKernelConnection): Promise<boolean> {
  try {
    if ((await kernel.spec)?.metadata?.['pyperf'] !== undefined) return true;
    return 'pyperf' in (await kernel.info);
  } catch {
    return false; // it went away while it was asked
  }
}

function send(
  kernel: Kernel.IKernelConnection,
  msgType: 'comm_open' | 'comm_msg',
  content: JSONObject,
): void {
  if (kernel.isDisposed || kernel.status === 'dead') return;
  const message = KernelMessage.createMessage({
    msgType,
    channel: 'shell',
    session: kernel.clientId,
    username: kernel.username,
    content,
  } as KernelMessage.IOptions<KernelMessage.ICommMsgMsg<'shell'>>);
  // The hook says nothing of `idle` while a cell runs, so nobody may wait for it.
  kernel.sendShellMessage(message, false, true).dispose();
}

/** Our messages hold nothing but JSON; their types have fields that may be absent, which JSONObject's have not. */
const toJson = (message: ToHook | ProfileWish): JSONObject => message as unknown as JSONObject;
