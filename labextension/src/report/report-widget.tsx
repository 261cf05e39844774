/** The report as a widget. Loaded when the first one is shown. */
import { ReactWidget } from '@jupyterlab/ui-components';
import { addStyles } from '../views/styles.ts';
import type { ReportServices } from './report-services.ts';
import type { ReportSource } from './report-source.ts';
import { ReportView } from './report-view.tsx';

export class ReportWidget extends ReactWidget {
  constructor(
    private readonly source: ReportSource,
    private readonly services: ReportServices,
  ) {
    super();
    addStyles();
    this.addClass('jp-PyPerf-reportWidget');
  }

  protected override onAfterShow(): void {
    this.update();
  }
  protected override onAfterHide(): void {
    this.update();
  }

  protected override render() {
    return <ReportView source={this.source} services={this.services} isVisible={this.isVisible} />;
  }
}
