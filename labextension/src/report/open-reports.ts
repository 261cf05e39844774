/** The reports that stand in tabs: one a notebook, which stays when the notebook is closed and finds it again. */
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { PathExt } from '@jupyterlab/coreutils';
import { WidgetTracker } from '@jupyterlab/apputils';
import { flameIcon } from '../icons.ts';
import type { IPyPerf } from '../model/model.ts';
import { notebookSource } from './notebook-source.ts';
import { ReportPlace } from './report-place.ts';
import type { ReportServices } from './report-services.ts';

export class OpenReports {
  readonly tracker = new WidgetTracker<ReportPlace>({ namespace: 'pyperf-report' });
  readonly #places = new Map<string, ReportPlace>();

  constructor(
    private readonly notebooks: INotebookTracker,
    private readonly pyperf: IPyPerf,
    private readonly services: ReportServices,
  ) {
    notebooks.widgetAdded.connect((_, panel) => {
      const place = this.#places.get(panel.context.path);
      if (place) this.#fill(place, panel);
    });
  }

  /** The notebook's path of a report. */
  pathOf(place: ReportPlace): string {
    return [...this.#places].find(([, other]) => other === place)?.[0] ?? '';
  }

  /** @returns the notebook's report, and whether it is new and has no place in the shell yet. */
  of(path: string): { place: ReportPlace; isNew: boolean } {
    const known = this.#places.get(path);
    if (known) return { place: known, isNew: false };
    const place = new ReportPlace(this.services, 'Open the notebook to see its report.');
    place.id = `pyperf-report-${path}`;
    place.title.icon = flameIcon;
    place.title.closable = true;
    this.#name(place, path);
    place.disposed.connect(() => this.#places.delete(this.pathOf(place)));
    const panel = this.notebooks.find(open => open.context.path === path);
    if (panel) this.#fill(place, panel);
    void this.tracker.add(place);
    return { place, isNew: true };
  }

  #fill(place: ReportPlace, panel: NotebookPanel): void {
    place.source = notebookSource(panel, this.pyperf);
    panel.context.pathChanged.connect((_, path) => {
      if (place.isDisposed) return;
      this.#places.delete(this.pathOf(place));
      this.#name(place, path);
      void this.tracker.save(place);
    });
  }

  #name(place: ReportPlace, path: string): void {
    this.#places.set(path, place);
    place.title.label = `Report: ${PathExt.basename(path)}`;
    place.title.caption = `PyPerf report of ${path}`;
  }
}
