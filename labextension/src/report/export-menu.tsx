/** The export button: a menu of formats, as a download or beside the notebook. JupyterLab's own kind of menu. */
import { CommandRegistry } from '@lumino/commands';
import { MenuSvg } from '@jupyterlab/ui-components';
import type { Menu } from '@lumino/widgets';
import { useEffect, useRef } from 'react';
import type { Format } from '../../../src/render/index.ts';

export type ExportTarget = 'download' | 'server';

const FORMATS: Readonly<Record<Format, string>> = {
  html: 'Web page',
  md: 'Markdown',
  csv: 'CSV',
  txt: 'Text',
  json: 'JSON (profile)',
  speedscope: 'speedscope',
};

export interface ExportMenuProps {
  readonly onExport: (format: Format, target: ExportTarget) => void;
}

export function ExportMenu({ onExport }: ExportMenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  const chosen = useRef(onExport);
  chosen.current = onExport;
  const menu = useRef<Menu | null>(null);
  useEffect(() => () => menu.current?.dispose(), []);

  const open = () => {
    const node = button.current;
    if (!node) return;
    menu.current ??= buildMenu((format, target) => chosen.current(format, target), node);
    const { left, bottom } = node.getBoundingClientRect();
    menu.current.open(left, bottom);
    // From the keyboard as from the mouse: arrows go on from here.
    menu.current.activeIndex = 0;
  };
  return (
    <button
      ref={button}
      type="button"
      className="jp-PyPerf-button"
      aria-haspopup="menu"
      onClick={open}
    >
      Export ▾
    </button>
  );
}

function buildMenu(onExport: ExportMenuProps['onExport'], button: HTMLElement): Menu {
  const commands = new CommandRegistry();
  const submenu = (title: string, target: ExportTarget): Menu => {
    const menu = new MenuSvg({ commands });
    menu.title.label = title;
    for (const format of Object.keys(FORMATS) as Format[]) {
      const command = `${target}:${format}`;
      commands.addCommand(command, {
        label: FORMATS[format],
        execute: () => onExport(format, target),
      });
      menu.addItem({ command });
    }
    return menu;
  };
  const menu = new MenuSvg({ commands });
  menu.addItem({ type: 'submenu', submenu: submenu('Download', 'download') });
  menu.addItem({ type: 'submenu', submenu: submenu('Save in its folder', 'server') });
  menu.aboutToClose.connect(() => button.focus());
  return menu;
}
