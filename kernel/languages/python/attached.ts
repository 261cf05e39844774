/** An IPython kernel that was started without the hook: our agent in it, and this process beside it. */
import type { JsonObject } from '../../wire/message.ts';
import type { KernelInfo } from '../adapter.ts';
import { agentToAttach } from './agent-source.ts';
import { readHello } from './hello.ts';
import { MarksPage, SLOTS } from './marks-page.ts';
import { PythonSession } from './session.ts';

export class PythonAttachment {
  readonly #page: MarksPage;

  /** @param pagePath a file that does not exist yet; once the agent has said hello nobody needs its name. */
  constructor(
    pagePath: string,
    private readonly magicHelp: string,
  ) {
    this.#page = new MarksPage(pagePath);
  }

  /** The agent's text, and what it takes as its configuration. */
  agent() {
    const { path: page } = this.#page;
    return agentToAttach({ page, slots: SLOTS, connectionFile: '', help: this.magicHelp });
  }

  /** @param pid the kernel's, as this process sees it. */
  open(hello: JsonObject, pid: number, info: KernelInfo): PythonSession {
    return new PythonSession(this.#page, readHello(hello), pid, info);
  }
}
