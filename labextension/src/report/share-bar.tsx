/** A share as a bar beside its figure, which says the same in words. */
export function ShareBar({ share, kind }: { share: number; kind: 'cpu' | 'memory' | 'io' }) {
  return (
    <span className="jp-PyPerf-share" data-kind={kind} aria-hidden="true">
      <span style={{ width: `${(Math.min(1, Math.max(0, share)) * 100).toFixed(2)}%` }} />
    </span>
  );
}
