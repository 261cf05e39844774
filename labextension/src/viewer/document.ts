/** A profile as a document. It loads with JupyterLab; what reads and shows a profile does when one is opened. */
import { ABCWidgetFactory, DocumentWidget, type DocumentRegistry } from '@jupyterlab/docregistry';
import { flameIcon } from '../icons.ts';
import { ReportPlace } from '../report/report-place.ts';
import type { ReportServices } from '../report/report-services.ts';

export class ProfileDocument extends DocumentWidget<ReportPlace, DocumentRegistry.IModel> {}

export class ProfileViewerFactory extends ABCWidgetFactory<
  ProfileDocument,
  DocumentRegistry.IModel
> {
  constructor(
    private readonly services: ReportServices,
    options: DocumentRegistry.IWidgetFactoryOptions<ProfileDocument>,
  ) {
    super(options);
  }

  protected override createNewWidget(context: DocumentRegistry.Context): ProfileDocument {
    const content = new ReportPlace(this.services, '');
    void Promise.all([context.ready, import('./file-source.ts')]).then(([, { fileSource }]) => {
      if (!content.isDisposed) content.source = fileSource(context);
    });
    const widget = new ProfileDocument({ content, context });
    widget.title.icon = flameIcon;
    widget.toolbar.hide();
    return widget;
  }
}
