/** One line of code as text, in colours when they are there. */
import { plainCode } from '../../../../src/render/format.ts';
import type { Token } from './tokens.ts';

/** Longer lines are data. */
const MAX_LENGTH = 400;

export function Code({ text, tokens }: { text: string; tokens?: readonly Token[] | undefined }) {
  const colours = tokens && text.length <= MAX_LENGTH ? tokens : undefined;
  return (
    <code className="jp-PyPerf-code">
      <bdi>
        {colours
          ? colours.map((token, i) => (
              <span key={i} className={token.className || undefined}>
                {plainCode(token.text)}
              </span>
            ))
          : plainCode(text, MAX_LENGTH)}
      </bdi>
    </code>
  );
}
