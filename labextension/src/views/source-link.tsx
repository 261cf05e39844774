/** A place in the code: a button where it can be opened, else its name. */
import type { Source } from '../../../src/profile/index.ts';
import { formatSource, plain } from '../../../src/render/format.ts';

export function SourceLink(props: {
  source: Source;
  onOpen?: ((source: Source) => void) | undefined;
}) {
  const { source, onOpen } = props;
  const words = formatSource(source);
  const title = 'file' in source ? plain(source.file) : undefined;
  if (!onOpen) return <span title={title}>{words}</span>;
  return (
    <button
      type="button"
      className="jp-PyPerf-link"
      title={title}
      aria-label={`Go to ${words}`}
      onClick={event => {
        // A row that opens the same place.
        event.stopPropagation();
        onOpen(source);
      }}
    >
      {words}
    </button>
  );
}
