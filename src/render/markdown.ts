/** The report for an issue, a merge request or a wiki: tables that GitHub and GitLab both draw. */
import type { CellReport, Report } from '../report/index.ts';
import { cellComparisonMarkdown } from './comparison/markdown.ts';
import {
  formatBytes,
  formatCores,
  formatGrowth,
  formatMeasured,
  formatMs,
  formatShare,
  formatSource,
  NOT_MEASURED,
  plain,
  withoutStop,
} from './format.ts';
import { code, codeBlock, escape, joinBlocks, section, table } from './markdown-parts.ts';
import { reportSections } from './sections/index.ts';
import { headerParts } from './text.ts';
import { isWebAddress, savesWords, whereWords } from './finding-words.ts';
import { variableWords } from './memory-words.ts';
import {
  allNotes,
  causeWords,
  cellName,
  cellNumber,
  functionName,
  methodWords,
  statusWords,
} from './words.ts';

const TOP = 10;
/** Shares below this would only lengthen a table. */
const MIN_SHARE = 0.005;

export function renderMarkdown(report: Report): string {
  const blocks = [
    '# PyPerf report',
    headerParts(report).map(escape).join(' · '),
    section('Findings', findings(report)),
    section('Cells', cellTable(report)),
    section('Functions', functionTable(report)),
    section('Hottest lines', lineTable(report)),
    section('Largest variables', variableTable(report)),
    ...reportSections(report).map(({ heading, sentences }) =>
      section(heading, sentenceList(sentences)),
    ),
    ...report.cells.map(({ comparison }) =>
      section('Comparison', comparison ? cellComparisonMarkdown(comparison) : ''),
    ),
    section('How this was measured', methods(report)),
  ];
  return joinBlocks(blocks);
}

function findings({ findings, profile }: Report): string {
  return findings
    .map((finding, i) => {
      const where = finding.where.length > 0 ? `${code(whereWords(finding))} ` : '';
      const link =
        finding.docsUrl && isWebAddress(finding.docsUrl) ? ` See <${finding.docsUrl}>.` : '';
      const told = `${i + 1}. ${where}**${escape(withoutStop(finding.title))}.** ${escape(finding.advice)}${savesWords(finding)}${link}`;
      if (finding.example === undefined) return told;
      const block = codeBlock(finding.example, languageOf(profile.notebook.language));
      return `${told}\n\n${block.replace(/^/gm, '   ')}`;
    })
    .join('\n');
}

/** Behind a fence: a word, or nothing. */
const languageOf = (language: string) => (/^[a-z0-9+#-]+$/i.test(language) ? language : '');

const sentenceList = (sentences: readonly string[]) =>
  sentences.map(sentence => `- ${escape(sentence)}`).join('\n');

function cellTable({ cells }: Report): string {
  const header = ['Cell', '', 'Time', 'Share', 'CPU', 'Mostly', 'Peak memory', 'Growth', 'Ended'];
  const rows = cells.map(report => [
    escape(cellNumber(report)),
    nameOf(report),
    formatMs(report.cell.wallTimeMs),
    formatShare(report.shareOfRun),
    escape(formatMeasured(report.cpu, cpu => formatCores(cpu.cores))),
    report.cause ? causeWords(report.cause) : NOT_MEASURED,
    escape(formatMeasured(report.memory, memory => formatBytes(memory.peakRssBytes))),
    escape(formatMeasured(report.memory, memory => formatGrowth(memory.growthBytes))),
    escape(statusWords(report) ?? 'ok'),
  ]);
  return table(header, rows, '--rrr-rr-');
}

const nameOf = (report: CellReport) =>
  report.label?.from === 'code' ? code(cellName(report, 50)) : escape(cellName(report, 50));

function functionTable(report: Report): string {
  const rows = report.functions
    .filter(fn => fn.shareOfRun >= MIN_SHARE)
    .slice(0, TOP)
    .map(fn => [code(functionName(fn, report)), formatMs(fn.selfMs), formatShare(fn.shareOfRun)]);
  return table(['Function', 'Time', 'Share of the run'], rows, '-rr');
}

function lineTable({ lines, run }: Report): string {
  if (run.time === null) {
    const reason = run.noStacksReason ? `: ${escape(run.noStacksReason)}` : '.';
    return `Lines: ${NOT_MEASURED}${reason}`;
  }
  const rows = lines
    .filter(line => line.shareOfRun >= MIN_SHARE)
    .slice(0, TOP)
    .map(line => [
      code(formatSource(line.source)),
      code(plain(line.text ?? line.function, 100)),
      formatMs(line.selfMs),
      formatShare(line.shareOfRun),
      formatGrowth(line.rssGrowthBytes),
    ]);
  return table(['Line', 'Code', 'Time', 'Share of the run', 'Memory growth'], rows, '--rrr');
}

function variableTable({ memory }: Report): string {
  const rows = memory.consumers
    .slice(0, TOP)
    .map(v => [code(v.name), escape(variableWords(v)), formatBytes(v.sizeBytes)]);
  return table(['Variable', 'Type', 'Size'], rows, '--r');
}

function methods({ cells, profile }: Report): string {
  const byCell = cells.map(cell => `- Cell ${escape(cellNumber(cell))}: ${methodWords(cell)}`);
  const { os, cpuCount, pyperfVersion } = profile.environment;
  const machine = `- ${escape(os)}, ${cpuCount} cores, PyPerf ${escape(pyperfVersion)}`;
  return [...byCell, ...allNotes(profile).map(note => `- ${escape(note)}`), machine].join('\n');
}
