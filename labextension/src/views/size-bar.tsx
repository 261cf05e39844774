/** A figure's part of the largest one; the figure itself stands beside it. */
export const SizeBar = ({ share, kind }: { share: number; kind: 'memory' | 'time' }) => (
  <span className="jp-PyPerf-bar" aria-hidden="true">
    <span data-kind={kind} style={{ width: `${(Math.min(1, share) * 100).toFixed(2)}%` }} />
  </span>
);
