/**
 * The reports that stand in tabs: one a notebook, which stays when the notebook is closed and finds it again. Loaded with
 * the first of them.
 */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { PathExt } from '@jupyterlab/coreutils';
import type { WidgetTracker } from '@jupyterlab/apputils';
import { flameIcon } from '../icons.ts';
import type { IPyPerf } from '../model/model.ts';
import { notebookSource } from './notebook-source.ts';
import { ReportPlace } from './report-place.ts';
import type { ReportServices } from './report-services.ts';

export interface OpenReportsOptions {
  readonly shell: JupyterFrontEnd.IShell;
  readonly tracker: WidgetTracker<ReportPlace>;
  readonly notebooks: INotebookTracker;
  readonly pyperf: IPyPerf;
  readonly services: ReportServices;
}

export class OpenReports {
  readonly #options: OpenReportsOptions;
  readonly #places = new Map<string, ReportPlace>();

  constructor(options: OpenReportsOptions) {
    this.#options = options;
    options.notebooks.widgetAdded.connect((_, panel) => {
      const place = this.#places.get(panel.context.path);
      if (place) this.#fill(place, panel);
    });
  }

  /** Beside its notebook, where it is not there yet. */
  open(path: string, activate: boolean): void {
    const place = this.#places.get(path) ?? this.#add(path);
    if (activate) this.#options.shell.activateById(place.id);
  }

  #add(path: string): ReportPlace {
    const { shell, tracker, notebooks, services } = this.#options;
    const place = new ReportPlace(services, 'Open the notebook to see its report.');
    place.id = `pyperf-report-${path}`;
    place.title.icon = flameIcon;
    place.title.closable = true;
    this.#name(place, path);
    place.disposed.connect(() => this.#places.delete(place.path));
    const panel = notebooks.find(open => open.context.path === path);
    if (panel) this.#fill(place, panel);
    void tracker.add(place);
    shell.add(place, 'main', panel ? { mode: 'split-right', ref: panel.id } : {});
    return place;
  }

  #fill(place: ReportPlace, panel: NotebookPanel): void {
    place.source = notebookSource(panel, this.#options.pyperf);
    panel.context.pathChanged.connect((_, path) => {
      if (place.isDisposed) return;
      this.#places.delete(place.path);
      this.#name(place, path);
      void this.#options.tracker.save(place);
    });
  }

  #name(place: ReportPlace, path: string): void {
    this.#places.set(path, place);
    place.path = path;
    place.title.label = `Report: ${PathExt.basename(path)}`;
    place.title.caption = `PyPerf report of ${path}`;
  }
}
