/** The folder of a notebook, as the contents service names it, and what went wrong with it, in a sentence. */
import { PathExt } from '@jupyterlab/coreutils';
import { ServerConnection, type Contents } from '@jupyterlab/services';

/** Of jupyter-collaboration, whose drive holds documents that are being edited; plain files go to the server itself. */
const COLLABORATION_DRIVE = 'RTC';

export class ServerFolder {
  readonly #path: string;

  /** @param beside the path of a file, its drive included. */
  constructor(
    private readonly contents: Contents.IManager,
    beside: string,
    subfolder = '',
  ) {
    const drive = contents.driveName(beside);
    const folder = PathExt.join(PathExt.dirname(contents.localPath(beside)), subfolder);
    this.#path = drive === '' || drive === COLLABORATION_DRIVE ? folder : `${drive}:${folder}`;
  }

  /** For people: the folder that notebooks start in has no name. */
  get name(): string {
    return this.#path === '' ? "the notebook's folder" : this.#path;
  }
  pathOf(name: string): string {
    return this.#path === ''
      ? name
      : this.#path.endsWith(':')
        ? `${this.#path}${name}`
        : `${this.#path}/${name}`;
  }

  /** Its files; none where there is no such folder yet. */
  async list(): Promise<readonly Contents.IModel[]> {
    try {
      const model = await this.contents.get(this.#path, { content: true });
      return model.type === 'directory' ? (model.content as Contents.IModel[]) : [];
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  /** @returns whether it is new. */
  async make(): Promise<boolean> {
    try {
      await this.contents.get(this.#path, { content: false });
      return false;
    } catch (error) {
      if (!isMissing(error)) throw error;
      await this.contents.save(this.#path, { type: 'directory' });
      return true;
    }
  }

  async write(name: string, text: string): Promise<void> {
    await this.contents.save(this.pathOf(name), { type: 'file', format: 'text', content: text });
  }

  async read(name: string): Promise<string> {
    const options = { type: 'file', format: 'text', content: true } as const;
    return String((await this.contents.get(this.pathOf(name), options)).content);
  }

  async remove(name: string): Promise<void> {
    await this.contents.delete(this.pathOf(name));
  }
}

const isMissing = (error: unknown) =>
  error instanceof ServerConnection.ResponseError && error.response.status === 404;

/** What the server said, without the paths of the machine that it may tell in brackets. */
export function reasonOf(error: unknown): string {
  if (error instanceof ServerConnection.NetworkError) return 'the server does not answer';
  if (error instanceof ServerConnection.ResponseError) {
    const { status } = error.response;
    if (status === 403) return 'the server does not allow it';
    if (status === 404) return 'it is not there any more';
    if (status === 413) return 'the server takes no file of this size';
  }
  return error instanceof Error && error.message
    ? error.message.replace(/\.$/, '')
    : 'unknown reason';
}
