/** What a report needs of JupyterLab. */
import type { CommandRegistry } from '@lumino/commands';
import type { Contents } from '@jupyterlab/services';

export interface ReportServices {
  readonly contents: Contents.IManager;
  readonly commands: CommandRegistry;
  /** Brings a widget to the front. */
  readonly activate: (id: string) => void;
}
