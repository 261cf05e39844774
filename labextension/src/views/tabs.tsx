/** Tabs as WAI-ARIA describes them: one stop for the tab key, arrows between them, the chosen one's panel below. */
import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { ErrorBoundary } from './error-boundary.tsx';
import { nextTab } from './next-tab.ts';

export interface Tab {
  readonly id: string;
  readonly title: string;
  /** Behind the title: how many findings. */
  readonly count?: number;
  readonly render: () => ReactNode;
}

export interface TabsProps {
  readonly label: string;
  readonly tabs: readonly Tab[];
  /** The first one where no tab has this id. */
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

export function Tabs({ label, tabs, chosen, onChoose }: TabsProps) {
  const prefix = useId();
  const list = useRef<HTMLDivElement>(null);
  const index = Math.max(
    0,
    tabs.findIndex(tab => tab.id === chosen),
  );
  const current = tabs[index];
  if (!current) return null;

  const onKeyDown = (event: KeyboardEvent) => {
    const to = nextTab(event.key, index, tabs.length);
    const tab = to === null ? undefined : tabs[to];
    if (to === null || !tab) return;
    // The notebook has keys of its own.
    event.preventDefault();
    event.stopPropagation();
    onChoose(tab.id);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[to]?.focus();
  };

  return (
    <>
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        className="jp-PyPerf-tabs"
        onKeyDown={onKeyDown}
      >
        {tabs.map((tab, i) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            // Or Notebook 7 takes the arrows for its cells before they come here.
            data-lm-suppress-shortcuts="true"
            id={`${prefix}tab-${tab.id}`}
            aria-selected={i === index}
            aria-controls={`${prefix}panel-${tab.id}`}
            tabIndex={i === index ? 0 : -1}
            onClick={() => onChoose(tab.id)}
          >
            {tab.title}
            {tab.count !== undefined && <span className="jp-PyPerf-count">{tab.count}</span>}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${prefix}panel-${current.id}`}
        aria-labelledby={`${prefix}tab-${current.id}`}
        className="jp-PyPerf-panel"
        data-tab={current.id}
      >
        <ErrorBoundary key={current.id}>{current.render()}</ErrorBoundary>
      </div>
    </>
  );
}
