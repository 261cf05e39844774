/** The files of a run: the user's own, and behind a line those that imports read. */
import { isImportedFile } from '../../../src/analysis/imported-file.ts';
import {
  countOf,
  formatBytes,
  formatCount,
  formatMs,
  orNotMeasured,
  plain,
} from '../../../src/render/format.ts';
import { readsWords } from '../../../src/render/words.ts';
import type { Report } from '../../../src/report/index.ts';
import { DataTable, type Column } from '../views/data-table.tsx';

const LIMIT = 50;

type FileUse = Report['files'][number];

export function Files({ files }: { files: readonly FileUse[] }) {
  const own = files.filter(({ path }) => !isImportedFile(path));
  const imported = files.filter(({ path }) => isImportedFile(path));
  return (
    <>
      {own.length > 0 && <FilesTable caption="Files" files={own} />}
      {imported.length > 0 && (
        <details className="jp-PyPerf-plan" open={own.length === 0}>
          <summary>{countOf(imported.length, 'file')} that imports read</summary>
          <FilesTable caption="Files that imports read" files={imported} />
        </details>
      )}
    </>
  );
}

function FilesTable({ caption, files }: { caption: string; files: readonly FileUse[] }) {
  return (
    <DataTable
      caption={caption}
      showCaption={caption === 'Files'}
      columns={COLUMNS}
      rows={files}
      rowKey={file => file.path}
      limit={LIMIT}
    />
  );
}

const COLUMNS: readonly Column<FileUse>[] = [
  {
    id: 'path',
    title: 'File',
    isRowHeader: true,
    className: 'jp-PyPerf-pathColumn',
    sortBy: file => file.path,
    render: file => <code>{plain(file.path)}</code>,
  },
  {
    id: 'waited',
    title: 'Waited',
    numeric: true,
    sortBy: file => file.waitMs,
    render: file => formatMs(file.waitMs),
  },
  {
    id: 'opens',
    title: 'Opened',
    numeric: true,
    isMeasured: file => file.opens !== null,
    sortBy: file => file.opens,
    render: file => orNotMeasured(file.opens, formatCount),
  },
  {
    id: 'read',
    title: 'Read',
    numeric: true,
    isMeasured: file => file.readBytes !== null,
    sortBy: file => file.readBytes,
    render: file =>
      file.reads.length > 1 ? readsWords(file.reads) : orNotMeasured(file.readBytes, formatBytes),
  },
  {
    id: 'written',
    title: 'Written',
    numeric: true,
    isMeasured: file => file.writeBytes !== null,
    sortBy: file => file.writeBytes,
    render: file => orNotMeasured(file.writeBytes, formatBytes),
  },
];
