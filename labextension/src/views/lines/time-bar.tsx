/** A line's time as a bar: as long as its part of the hottest line's, in one piece for each cause. */
import { causeName, timeWords, type TimePart } from './line-rows.ts';

export function TimeBar({ parts, wholeMs }: { parts: readonly TimePart[]; wholeMs: number }) {
  const words = timeWords(parts);
  return (
    <span className="jp-PyPerf-bar" role="img" aria-label={words} title={words}>
      {parts.map(({ cause, ms }) => (
        <span
          key={cause}
          data-cause={cause}
          style={{ width: `${((wholeMs > 0 ? ms / wholeMs : 0) * 100).toFixed(2)}%` }}
        />
      ))}
    </span>
  );
}

/** What the pieces' colours mean; only of causes that occur. */
export function CauseLegend({ causes }: { causes: readonly TimePart['cause'][] }) {
  return (
    <ul className="jp-PyPerf-legend" aria-label="Colours of the bars">
      {causes.map(cause => (
        <li
          key={cause}
          title={cause === 'cpu' ? 'On a core, or ready to run and waiting for one' : undefined}
        >
          <span className="jp-PyPerf-swatch" data-cause={cause} aria-hidden="true" />
          {cause === 'cpu' ? 'computing' : `waiting: ${causeName(cause)}`}
        </li>
      ))}
    </ul>
  );
}
