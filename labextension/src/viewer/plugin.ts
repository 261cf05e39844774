/** Opens `*.pyperf.json` from the file browser as the report that it holds. */
import { ILayoutRestorer, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { WidgetTracker } from '@jupyterlab/apputils';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { ReportServices } from '../report/report-services.ts';
import { flameIcon } from '../icons.ts';
import type { ProfileDocument } from './document.ts';
import { ProfileViewerFactory } from './document.ts';

const FILE_TYPE = 'pyperf-profile';
const FACTORY = 'PyPerf Report';

export const viewerPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-pyperf:viewer',
  description: 'Opens profiles from the file browser.',
  autoStart: true,
  optional: [ILayoutRestorer],
  activate: (app, restorer: ILayoutRestorer | null) => {
    const services: ReportServices = {
      contents: app.serviceManager.contents,
      commands: app.commands,
      activate: id => app.shell.activateById(id),
    };
    app.docRegistry.addFileType({
      name: FILE_TYPE,
      displayName: 'PyPerf profile',
      extensions: ['.pyperf.json'],
      mimeTypes: ['application/json'],
      contentType: 'file',
      fileFormat: 'text',
      icon: flameIcon,
    });
    const factory = new ProfileViewerFactory(services, {
      name: FACTORY,
      modelName: 'text',
      fileTypes: [FILE_TYPE],
      defaultFor: [FILE_TYPE],
      readOnly: true,
    });
    const tracker = new WidgetTracker<ProfileDocument>({ namespace: 'pyperf-viewer' });
    factory.widgetCreated.connect((_, widget) => {
      void tracker.add(widget);
      widget.context.pathChanged.connect(() => void tracker.save(widget));
    });
    // JupyterLab's own class says `undefined` where its own interface does not.
    app.docRegistry.addWidgetFactory(factory as DocumentRegistry.WidgetFactory);
    void restorer?.restore(tracker, {
      command: 'docmanager:open',
      args: widget => ({ path: widget.context.path, factory: FACTORY }),
      name: widget => widget.context.path,
    });
  },
};
