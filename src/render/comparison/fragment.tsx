/** @jsxImportSource preact */
/** A cell beside the run that it was compared with, as part of its HTML output. */
import type { CellComparison } from '../../report/index.ts';
import { CHANGE_HEAD, changeWords, lineImprovementWords } from '../change-words.ts';
import { formatMs, plainCode } from '../format.ts';
import { CODE_TEXT, NUMBER, Table, TEXT } from '../html-fragment/parts.tsx';
import { comparedWithWords } from './cell-words.ts';

const TOP_LINES = 5;

export const ComparisonFragment = ({ comparison }: { comparison: CellComparison }) => (
  <div>
    <div style={{ padding: '4px 0 2px' }}>{comparedWithWords(comparison)}</div>
    <Table head={CHANGE_HEAD.map((title, i) => [title, i > 0])}>
      {comparison.changes.map(change => (
        <tr key={change.metric}>
          {changeWords(change).map((text, i) => (
            <td key={i} style={i === 0 ? TEXT : NUMBER}>
              {text}
            </td>
          ))}
        </tr>
      ))}
    </Table>
    {comparison.lines.length > 0 && (
      <Table head={['Line', ...CHANGE_HEAD.slice(1)].map((title, i) => [title, i > 0])}>
        {comparison.lines.slice(0, TOP_LINES).map(line => (
          <tr key={line.key}>
            <td style={CODE_TEXT}>{plainCode(line.text, 120)}</td>
            <td style={NUMBER}>{formatMs(line.beforeMs)}</td>
            <td style={NUMBER}>{formatMs(line.afterMs)}</td>
            <td style={NUMBER}>{lineImprovementWords(line)}</td>
          </tr>
        ))}
      </Table>
    )}
  </div>
);
