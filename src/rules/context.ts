/** What rules look at: the measured lines, the texts in which they stand, parsed, and what the profile knows of names. */
import { measureHeat, textKey, type Heat } from '../analysis/index.ts';
import type { Profile, Source, Variable } from '../profile/index.ts';
import type { Node, Syntax, Tree } from './syntax/syntax.ts';

export interface ParsedText {
  readonly key: string;
  readonly tree: Tree;
  /** A line of this text as the profile names it. */
  readonly sourceOf: (line: number) => Source;
}

export interface RuleContext {
  readonly profile: Profile;
  readonly heat: Heat;
  /** Null where there is no parser: rules about syntax are silent. */
  readonly syntax: Syntax | null;
  /** Those with measured lines. */
  readonly texts: ReadonlyMap<string, ParsedText>;
  /** Of all texts, cold ones too: functions are called and names are set there. */
  readonly roots: readonly Node[];
  readonly variables: ReadonlyMap<string, Variable>;
}

export type ReadText = (source: Source) => string | undefined;

/** Lines that a text must share with the profile's own words to be taken for the one that ran. */
const SAME = 0.9;

/** @param readText for what is not in the profile: the user's files, cells of earlier runs. */
export function openContext(
  profile: Profile,
  syntax: Syntax | null,
  readText: ReadText = () => undefined,
  earlier: readonly string[] = [],
): RuleContext {
  const heat = measureHeat(profile.cells);
  const texts = new Map<string, ParsedText>();
  const variables = new Map(
    profile.cells.flatMap(cell => cell.variables.map(variable => [variable.name, variable])),
  );
  const others: Tree[] = [];
  if (syntax && profile.notebook.language.toLowerCase() === 'python') {
    for (const [key, lines] of heat.texts) {
      const [first] = lines.values();
      if (!first) continue;
      const text = textOf(first.source, profile, readText);
      if (text === undefined || !isSame(text, [...lines.values()])) continue;
      const tree = syntax.parse(text);
      if (!tree) continue;
      const { source } = first;
      const sourceOf = (line: number): Source =>
        'file' in source
          ? { file: source.file, line }
          : { executionCount: source.executionCount, line };
      texts.set(key, { key, tree, sourceOf });
    }
    const cold = profile.cells.filter(cell => !texts.has(`[${cell.executionCount}]`));
    for (const source of new Set([...cold.map(cell => cell.source), ...earlier])) {
      const tree = syntax.parse(source);
      if (tree) others.push(tree);
    }
  }
  const trees = [...[...texts.values()].map(text => text.tree), ...others];
  const roots = trees.map(tree => tree.rootNode);
  return { profile, heat, syntax, texts, roots, variables };
}

export function closeContext(context: RuleContext): void {
  // Trees live in WebAssembly's memory, where no collector comes by.
  for (const root of context.roots) root.tree.delete();
}

function textOf(source: Source, profile: Profile, readText: ReadText): string | undefined {
  const own =
    'file' in source
      ? undefined
      : profile.cells.findLast(cell => cell.executionCount === source.executionCount)?.source;
  return own ?? readText(source);
}

/** A file may have been edited since it was imported: then its lines are not those that ran. */
function isSame(
  text: string,
  measured: readonly { source: Source; text: string | undefined }[],
): boolean {
  const lines = text.split('\n');
  const known = measured.filter(line => line.text !== undefined);
  const same = known.filter(
    ({ source, text: ran }) => lines[source.line - 1]?.trim() === ran?.trim(),
  );
  return same.length >= known.length * SAME;
}

export const textOfSource = (context: RuleContext, source: Source): ParsedText | undefined =>
  context.texts.get(textKey(source));
