/** Stands between a notebook's toolbar and its cells while it is profiled, and says how that ended if not well. */
import { ReactWidget } from '@jupyterlab/apputils';
import { closeIcon } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { flameIcon } from '../icons.ts';
import type { RunContext, ShownRun } from './context.ts';
import { cellWords, outcomeWords, timeWords } from './progress-words.ts';
import type { Outcome, Progress } from './progress.ts';

const TICK_MS = 1_000;
/** A screen reader is told of a new cell at most this often. */
const SAY_EVERY_MS = 5_000;

/** Over the notebook of the run, in place of what stands there of an earlier one. */
export function showProgress(context: RunContext, run: ShownRun): ProgressBar {
  const { contentHeader } = run.panel;
  for (const widget of contentHeader.widgets) if (widget instanceof ProgressBar) widget.dispose();
  const bar = new ProgressBar(context, run);
  contentHeader.addWidget(bar);
  return bar;
}

class ProgressBar extends ReactWidget {
  #outcome: Exclude<Outcome, { kind: 'completed' }> | undefined;
  #totalMs = 0;
  #said = '';
  #saidAtMs = -Infinity;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly context: RunContext,
    private readonly run: ShownRun,
  ) {
    super();
    this.addClass('jp-PyPerf-progress');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', context.trans.__('Profile notebook'));
    run.changed.connect(this.#redraw);
  }

  readonly #redraw = (): void => this.update();

  /** A run that completed has its report; of any other the bar tells, until it is closed. */
  end(outcome: Outcome): void {
    if (this.isDisposed) return;
    if (outcome.kind === 'completed') return this.dispose();
    this.#outcome = outcome;
    this.#totalMs = this.run.progress?.elapsedMs ?? 0;
    clearInterval(this.#timer);
    this.update();
  }

  override dispose(): void {
    clearInterval(this.#timer);
    this.run.changed.disconnect(this.#redraw);
    super.dispose();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    clearInterval(this.#timer);
    if (!this.#outcome) this.#timer = setInterval(() => this.update(), TICK_MS);
  }
  protected override onBeforeDetach(message: Message): void {
    clearInterval(this.#timer);
    super.onBeforeDetach(message);
  }

  protected override render() {
    return (
      <>
        <flameIcon.react tag="span" className="jp-PyPerf-progress-icon" aria-hidden="true" />
        {this.#outcome ? this.#renderEnd(this.#outcome) : this.#renderRun()}
        <span className="jp-PyPerf-forScreenReaders" aria-live="polite">
          {this.#spoken()}
        </span>
      </>
    );
  }

  #renderRun() {
    const { trans } = this.context;
    const { progress, isCancelled } = this.run;
    const { where, name } = cellWords(progress);
    return (
      <>
        <span className="jp-PyPerf-progress-where">
          {isCancelled ? trans.__('Cancelling') : where}
        </span>
        <span className="jp-PyPerf-progress-name" title={name}>
          {name}
        </span>
        {progress && <span className="jp-PyPerf-progress-time">{timeWords(progress)}</span>}
        <button
          type="button"
          className="jp-PyPerf-progress-button"
          title={trans.__('Interrupt the kernel and stop profiling')}
          onClick={() => this.run.cancel()}
        >
          {trans.__('Cancel')}
        </button>
        {progress && this.#renderBar(progress, where)}
      </>
    );
  }

  #renderBar(progress: Progress, where: string) {
    const ended = progress.cell ? progress.position - 1 : progress.count;
    return (
      <span
        className="jp-PyPerf-progress-bar"
        role="progressbar"
        aria-label={this.context.trans.__('Cells that have run')}
        aria-valuemin={0}
        aria-valuemax={progress.count}
        aria-valuenow={ended}
        aria-valuetext={where}
      >
        <span style={{ width: `${(100 * ended) / Math.max(1, progress.count)}%` }} />
      </span>
    );
  }

  #renderEnd(outcome: Exclude<Outcome, { kind: 'completed' }>) {
    const { trans, openReport } = this.context;
    const { panel } = this.run;
    return (
      <>
        <span className="jp-PyPerf-progress-name">{outcomeWords(outcome, this.#totalMs)}</span>
        {outcome.kind === 'failed' && (
          <button
            type="button"
            className="jp-PyPerf-progress-button"
            onClick={() => void this.#goTo(outcome.cell.id)}
          >
            {trans.__('Go to cell')}
          </button>
        )}
        <button
          type="button"
          className="jp-PyPerf-progress-button"
          onClick={() => openReport(panel)}
        >
          {trans.__('Open report')}
        </button>
        <button
          type="button"
          className="jp-PyPerf-progress-button jp-mod-icon"
          title={trans.__('Close')}
          aria-label={trans.__('Close')}
          onClick={() => this.dispose()}
        >
          <closeIcon.react tag="span" aria-hidden="true" />
        </button>
      </>
    );
  }

  async #goTo(cellId: string): Promise<void> {
    const { content } = this.run.panel;
    const index = content.widgets.findIndex(({ model }) => model.id === cellId);
    if (index < 0) return;
    content.deselectAll();
    content.activeCellIndex = index;
    await content.scrollToItem(index, 'smart');
    content.activate();
  }

  #spoken(): string {
    if (this.#outcome) return outcomeWords(this.#outcome, this.#totalMs);
    const now = performance.now();
    const { where, name } = cellWords(this.run.progress);
    if (now - this.#saidAtMs >= SAY_EVERY_MS) {
      const words = name ? `${where}: ${name}` : where;
      if (words !== this.#said) this.#saidAtMs = now;
      this.#said = words;
    }
    return this.#said;
  }
}
