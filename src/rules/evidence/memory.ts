/** What grows without an end, and what is held without a use. */
import {
  findLargestVariables,
  findLeaks,
  findMemoryPattern,
  joinMemory,
  measuredMemory,
} from '../../analysis/index.ts';
import type { Cell, Source } from '../../profile/index.ts';
import type { Candidate } from '../candidate.ts';
import type { RuleContext } from '../context.ts';
import type { EvidenceRule } from '../rule.ts';
import type { Node } from '../syntax/syntax.ts';

export function memoryLeak(rule: EvidenceRule, context: RuleContext): Candidate[] {
  const { cells } = context.profile;
  const pattern = findMemoryPattern(joinMemory(cells));
  return findLeaks(cells).map(leak =>
    aboutMemory(rule, {
      where: fillersOf(leak.path.split('.').at(-1) ?? leak.path, context),
      values: { suspect: leak.path, items: leak.itemsGrowth },
      evidence: {
        suspect: leak.path,
        type: leak.type,
        items: leak.items,
        itemsGrowth: leak.itemsGrowth,
        cells: leak.cells,
        ...(pattern && { memoryPattern: pattern.kind }),
      },
      savesBytes: leak.growthBytes,
    }),
  );
}

/** Where something is put into a container of this name. */
function fillersOf(name: string, { texts }: RuleContext): Source[] {
  const ADDS = /^(append|add|setdefault|update|extend|insert|put|appendleft)$/;
  const endsWithName = (node: Node | null | undefined): boolean =>
    node?.text === name || node?.childForFieldName('attribute')?.text === name;
  return [...texts.values()].flatMap(({ tree, sourceOf }) => {
    const assigned = tree.rootNode.descendantsOfType('assignment').filter(assignment => {
      const left = assignment?.childForFieldName('left');
      return left?.type === 'subscript' && endsWithName(left.childForFieldName('value'));
    });
    const added = tree.rootNode.descendantsOfType('call').filter(call => {
      const called = call?.childForFieldName('function');
      const method = called?.childForFieldName('attribute')?.text ?? '';
      return ADDS.test(method) && endsWithName(called?.childForFieldName('object'));
    });
    return [...assigned, ...added].flatMap(node =>
      node ? [sourceOf(node.startPosition.row + 1)] : [],
    );
  });
}

/** Of the run's peak; and no less than this. */
const LARGE_SHARE = 0.2;
const LARGE_BYTES = 100e6;
/** A notebook whose end is near holds what it likes. */
const LATER_MS = 1000;

/** Large variables that no later cell names. Only a whole run can tell. */
export function keptAlive(rule: EvidenceRule, { profile: { cells } }: RuleContext): Candidate[] {
  const peak = Math.max(...cells.map(cell => measuredMemory(cell).value?.peakRssBytes ?? 0), 0);
  return findLargestVariables(cells).flatMap(({ name, sizeBytes }) => {
    if (sizeBytes < Math.max(LARGE_BYTES, peak * LARGE_SHARE)) return [];
    const used = new RegExp(`\\b${name.replace(/\W/g, '\\$&')}\\b`);
    const last = cells.findLastIndex(cell => used.test(cell.source));
    const later = cells.slice(last + 1);
    const cell = cells[last];
    const laterMs = later.reduce((sum, { wallTimeMs }) => sum + wallTimeMs, 0);
    const isHeld = later.at(-1)?.variables.some(variable => variable.name === name) ?? false;
    if (!cell || !isHeld || laterMs < LATER_MS) return [];
    return [
      aboutMemory(rule, {
        where: lineOf(cell, used),
        values: { name },
        evidence: { variable: name, sizeBytes, laterMs: Math.round(laterMs) },
        savesBytes: sizeBytes,
      }),
    ];
  });
}

function lineOf({ executionCount, source }: Cell, used: RegExp): Source[] {
  const line = source.split('\n').findLastIndex(text => used.test(text)) + 1;
  return executionCount === null || line === 0 ? [] : [{ executionCount, line }];
}

function aboutMemory(
  rule: EvidenceRule,
  found: Pick<Candidate, 'where' | 'values' | 'evidence'> & { readonly savesBytes: number },
): Candidate {
  return { ...found, rule, timeMs: undefined, share: 0, samples: undefined, claims: new Map() };
}
