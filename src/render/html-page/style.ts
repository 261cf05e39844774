/** The page's only style. Colours of text keep a contrast of at least 4.5 to what they stand on, in both schemes. */
import { HEAT_COLOUR } from '../charts/palette.ts';

export const STYLE = `
:root { color-scheme: light dark; --bg: #ffffff; --card: #f6f7f9; --text: #1b1f24; --muted: #57606a; --rule: #d8dee4;
  --link: #0550ae; --heat: ${HEAT_COLOUR}; --heat-most: 38%; --bad: #b42318; --good: #116329; }
@media (prefers-color-scheme: dark) { :root { --bg: #15181d; --card: #1e2229; --text: #e6e9ee; --muted: #a3adba;
  --rule: #363d47; --link: #79b8ff; --heat-most: 50%; --bad: #ff9a8d; --good: #7ee2a8; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1080px; padding: 2rem 1.5rem 4rem; background: var(--bg); color: var(--text);
  font: .95rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .3rem; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 2rem 0 .2rem; padding-top: .6rem; border-top: 1px solid var(--rule); }
h3 { font-size: 1rem; margin: 1.4rem 0 .4rem; }
p { margin: .4rem 0; max-width: 75ch; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.muted { color: var(--muted); }
.bad { color: var(--bad); font-weight: 600; }
.verdict-better { color: var(--good); font-weight: 600; }
.verdict-worse { color: var(--bad); font-weight: 600; }
.verdict-noise { color: var(--muted); }
code, .code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .88em; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(160px, 1fr)); gap: .7rem; margin: 1.2rem 0; }
.facts div { background: var(--card); border: 1px solid var(--rule); border-radius: 8px; padding: .6rem .8rem; }
dt { color: var(--muted); font-size: .82rem; }
dd { margin: 0; font-size: 1.2rem; font-weight: 600; overflow-wrap: anywhere; }
dd small { display: block; color: var(--muted); font-size: .8rem; font-weight: 400; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .4rem 0 .8rem; font-size: .92rem; }
caption, h4 { text-align: left; font-weight: 600; font-size: .95rem; margin: 1rem 0 .2rem; padding: .4rem 0 0; color: var(--text); }
th { text-align: left; color: var(--muted); font-weight: 600; font-size: .8rem; border-bottom: 1px solid var(--rule); }
th, td { padding: .28rem .55rem; vertical-align: top; }
td { border-bottom: 1px solid var(--rule); overflow-wrap: anywhere; }
tbody th { color: inherit; font-size: inherit; font-weight: 400; }
.num { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
th.num { text-align: right; }
.bar { display: flex; height: .6rem; width: 100%; min-width: 90px; margin-top: .42rem; border-radius: 3px; overflow: hidden;
  background: var(--rule); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.bar i { display: block; }
.beside { display: flex; gap: .7rem; align-items: center; justify-content: flex-end; }
.beside .bar { margin: 0; width: 90px; }
.lines td, .lines tbody th { border-bottom: 0; padding-top: .1rem; padding-bottom: .1rem; line-height: 1.45; font-size: .86rem; }
.lines .text { white-space: pre-wrap; width: 99%; min-width: 20rem; print-color-adjust: exact;
  -webkit-print-color-adjust: exact; background: color-mix(in srgb, var(--heat) calc(var(--share) * var(--heat-most)), transparent); }
.lines .share { font-weight: 600; }
.wait { font-size: .88em; }
details { margin: .5rem 0; }
summary { cursor: pointer; font-weight: 600; }
.cell { border: 1px solid var(--rule); border-radius: 8px; padding: .7rem 1rem; margin: 1rem 0; }
.cell > summary { font-size: 1.05rem; }
.cell > summary h3 { display: inline; margin: 0; font-size: inherit; }
.cell > summary .muted { font-weight: 400; font-size: .9rem; }
.finding { border-left: 4px solid var(--heat); background: var(--card); border-radius: 0 8px 8px 0; padding: .5rem .9rem; margin: .6rem 0; }
.finding pre { margin: .5rem 0; padding: .5rem .7rem; background: var(--bg); border: 1px solid var(--rule); border-radius: 6px; }
.chart { display: grid; grid-template-columns: 7.5rem 1fr; gap: .1rem .8rem; align-items: center; margin: .5rem 0; }
.chart svg { width: 100%; height: 56px; display: block; }
.chart .axis { grid-column: 2; display: flex; justify-content: space-between; color: var(--muted); font-size: .8rem; }
.flame { width: 100%; min-width: 640px; height: auto; display: block; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.flame text { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.key { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; padding: 0; margin: .3rem 0; list-style: none; font-size: .85rem; color: var(--muted); }
.key i { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin-right: .4em; vertical-align: -.05em;
  print-color-adjust: exact; -webkit-print-color-adjust: exact; }
@media print {
  :root { font-size: 11px; }
  body { max-width: none; padding: 0; }
  .cell, .finding, .chart, tr, svg { break-inside: avoid; }
  .cell { break-inside: auto; }
  h2, h3, summary { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .scroll { overflow: visible; }
}
`;
