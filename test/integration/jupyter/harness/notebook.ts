/** An executed notebook, made comparable with another run's. */
import { normalise } from './normalise.ts';

export interface Executed {
  readonly notebook: {
    readonly cells: readonly { readonly outputs?: readonly unknown[] }[];
    readonly metadata: { readonly widgets?: unknown };
  };
  /** The error's name, where one stopped the run. */
  readonly stopped: string | null;
}

/** Cell ids are drawn by chance; `execution` and papermill's block hold times; the kernel's name differs. */
const DROPPED = ['id', 'execution', 'papermill', 'kernelspec'];
const WIDGET_STATE = 'application/vnd.jupyter.widget-state+json';

export function normaliseNotebook(executed: Executed): Executed {
  return normalise(withOrderedWidgets(withJoinedStreams(executed)), DROPPED);
}

interface Stream {
  readonly output_type?: string;
  readonly name?: string;
  readonly text?: string;
}

/** ipykernel publishes what was printed every 0.2 s, so where one chunk ends is an accident: join neighbours. */
function withJoinedStreams(executed: Executed): Executed {
  const cells = executed.notebook.cells.map(cell => {
    if (!cell.outputs) return cell;
    const joined: Stream[] = [];
    for (const output of cell.outputs as readonly Stream[]) {
      const last = joined.at(-1);
      if (last?.output_type === 'stream' && last.name === output.name)
        joined[joined.length - 1] = { ...last, text: `${last.text}${output.text}` };
      else joined.push(output);
    }
    return { ...cell, outputs: joined };
  });
  return { ...executed, notebook: { ...executed.notebook, cells } };
}

/** A saved file sorts widget models by their random id: put them in the order in which outputs and models name them. */
function withOrderedWidgets(executed: Executed): Executed {
  const { cells, metadata } = executed.notebook;
  const widgets = metadata.widgets as
    Record<string, { readonly state: Record<string, unknown> }> | undefined;
  const models = widgets?.[WIDGET_STATE]?.state;
  if (!models) return executed;
  const order = new Set<string>();
  const visit = (text: string): void => {
    for (const [id] of text.matchAll(/[0-9a-f]{32}/g))
      if (id in models && !order.has(id)) {
        order.add(id);
        visit(JSON.stringify(models[id]));
      }
  };
  visit(JSON.stringify(cells));
  // What nothing names, by content.
  const anonymous = (id: string): string => JSON.stringify(normalise(models[id]));
  for (const id of Object.keys(models).sort((a, b) => anonymous(a).localeCompare(anonymous(b))))
    order.add(id);
  const state = Object.fromEntries([...order].map(id => [id, models[id]]));
  return {
    ...executed,
    notebook: {
      ...executed.notebook,
      metadata: {
        ...metadata,
        widgets: { ...widgets, [WIDGET_STATE]: { ...widgets?.[WIDGET_STATE], state } },
      },
    },
  };
}
