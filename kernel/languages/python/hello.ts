/** What the agent told when it started. Read defensively: the kernel's process is the user's. */
import type { JsonObject } from '../../wire/message.ts';

export interface Hello {
  /** As the kernel's own process sees it; 0 when it did not tell. */
  readonly pid: number;
  /** Checked by the stack sampler itself, see `cpython/target.ts`. */
  readonly target: JsonObject;
  readonly implementation: string;
  readonly version: readonly number[];
  readonly freeThreaded: boolean;
  readonly workingDirectory: string;
  /** Folder under which ipykernel names the files of cells; empty where it has none. */
  readonly cellFolder: string;
  readonly libraryFolders: readonly string[];
  readonly failures: readonly string[];
}

export function readHello(content: JsonObject): Hello {
  const target = isObject(content['target']) ? content['target'] : {};
  return {
    pid: isNumber(content['pid']) ? content['pid'] : 0,
    target,
    implementation: text(target['implementation']),
    version: Array.isArray(target['version']) ? target['version'].filter(isNumber) : [],
    freeThreaded: target['freeThreaded'] === true,
    workingDirectory: text(content['workingDirectory']),
    cellFolder: text(content['cellFolder']),
    libraryFolders: texts(content['libraryFolders']),
    failures: texts(content['failures']),
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
