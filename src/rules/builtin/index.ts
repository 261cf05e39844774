/** All rules of ours. */
import type { Rule } from '../rule.ts';
import { appendInLoop } from './append-in-loop.ts';
import { applyRows } from './apply-rows.ts';
import { csvReads } from './csv-reads.ts';
import { formatConversions } from './format-conversions.ts';
import { iterrows } from './iterrows.ts';
import { locInLoop } from './loc-in-loop.ts';
import { nPlusOne } from './n-plus-one.ts';
import { numpyLoop } from './numpy-loop.ts';
import { pairwiseLoop } from './pairwise-loop.ts';
import { plotPerPoint } from './plot-per-point.ts';
import { queryInLoop } from './query-in-loop.ts';
import { redundantCall } from './redundant-call.ts';
import { repeatedReads } from './repeated-reads.ts';
import { sortInLoop } from './sort-in-loop.ts';

export const builtinRules: readonly Rule[] = [
  appendInLoop,
  applyRows,
  csvReads,
  formatConversions,
  iterrows,
  locInLoop,
  nPlusOne,
  numpyLoop,
  pairwiseLoop,
  plotPerPoint,
  queryInLoop,
  redundantCall,
  repeatedReads,
  sortInLoop,
];
