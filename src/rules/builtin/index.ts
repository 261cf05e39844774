/** All rules of ours. */
import type { Rule } from '../rule.ts';
import { appendInLoop } from './append-in-loop.ts';
import { applyRows } from './apply-rows.ts';
import { csvPythonEngine } from './csv-python-engine.ts';
import { csvReads } from './csv-reads.ts';
import { formatConversions } from './format-conversions.ts';
import { iterrows } from './iterrows.ts';
import { jsonInLoop } from './json-in-loop.ts';
import { keptAlive } from './kept-alive.ts';
import { listFront, vectorize } from './list-front.ts';
import { listMembership } from './list-membership.ts';
import { locInLoop } from './loc-in-loop.ts';
import { lockContention, poolSaturation } from './lock-contention.ts';
import { manyOpens } from './many-opens.ts';
import { memoryLeak } from './memory-leak.ts';
import { missingIndex } from './missing-index.ts';
import { nJobs } from './n-jobs.ts';
import { nPlusOne } from './n-plus-one.ts';
import { needlessCopy } from './needless-copy.ts';
import { numpyLoop } from './numpy-loop.ts';
import { objectDtype } from './object-dtype.ts';
import { tinyWrites, slowCompression } from './open-in-loop.ts';
import { pairwiseLoop } from './pairwise-loop.ts';
import { parseByHand } from './parse-by-hand.ts';
import { plotPerPoint } from './plot-per-point.ts';
import { queryInLoop } from './query-in-loop.ts';
import { redundantCall } from './redundant-call.ts';
import { regexInLoop } from './regex-in-loop.ts';
import { repeatedReads } from './repeated-reads.ts';
import { repeatedScan } from './repeated-scan.ts';
import { requestsInLoop } from './requests-in-loop.ts';
import { sameCallTwice } from './same-call-twice.ts';
import { singleCore } from './single-core.ts';
import { slowLoading } from './slow-loading.ts';
import { smallBatches } from './small-batches.ts';
import { sortInLoop } from './sort-in-loop.ts';
import { stringBuilding } from './string-building.ts';

export const builtinRules: readonly Rule[] = [
  appendInLoop,
  applyRows,
  csvPythonEngine,
  csvReads,
  formatConversions,
  iterrows,
  jsonInLoop,
  keptAlive,
  listFront,
  listMembership,
  locInLoop,
  lockContention,
  manyOpens,
  memoryLeak,
  missingIndex,
  nJobs,
  nPlusOne,
  needlessCopy,
  numpyLoop,
  objectDtype,
  pairwiseLoop,
  parseByHand,
  plotPerPoint,
  poolSaturation,
  queryInLoop,
  redundantCall,
  regexInLoop,
  repeatedReads,
  repeatedScan,
  requestsInLoop,
  sameCallTwice,
  singleCore,
  slowCompression,
  slowLoading,
  smallBatches,
  sortInLoop,
  stringBuilding,
  tinyWrites,
  vectorize,
];
