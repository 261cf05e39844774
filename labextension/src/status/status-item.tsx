/** The item in the status bar: a button that says how the notebook in front runs, and opens its report. */
import { ReactWidget } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import { flameIcon } from '../icons.ts';
import type { IPyPerf } from '../model/model.ts';
import { NotebookStatus } from './notebook-status.ts';
import { addStyles } from '../views/styles.ts';

export interface StatusServices {
  readonly pyperf: IPyPerf;
  readonly openReport: (panel: NotebookPanel) => void;
}

export class StatusItem extends ReactWidget {
  readonly shownChanged = new Signal<this, void>(this);
  #status: NotebookStatus | undefined;

  constructor(private readonly services: StatusServices) {
    super();
    addStyles();
    this.addClass('jp-PyPerf-statusItem');
  }

  /** Follows another notebook; null: none is in front, and the item is not shown. */
  follow(panel: NotebookPanel | null): void {
    if (this.#status?.panel === panel) return;
    this.#status?.dispose();
    this.#status = panel
      ? new NotebookStatus(panel, this.services.pyperf.notebook(panel))
      : undefined;
    this.#status?.changed.connect(() => this.update());
    this.shownChanged.emit();
    this.update();
  }

  protected override render() {
    const status = this.#status;
    if (!status) return <></>;
    const { text, tooltip, isNearLimit } = status.words;
    return (
      <button
        type="button"
        className={`jp-PyPerf-statusItem-button${isNearLimit ? ' jp-mod-warn' : ''}`}
        title={tooltip}
        onClick={() => this.services.openReport(status.panel)}
      >
        <flameIcon.react tag="span" className="jp-PyPerf-statusItem-icon" aria-hidden="true" />
        <span>{text}</span>
      </button>
    );
  }
}
