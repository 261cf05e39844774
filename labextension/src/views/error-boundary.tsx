/** A view that fails says so in one sentence; what stands around it goes on. */
import { Component, type ReactNode } from 'react';

interface State {
  readonly error: Error | null;
}

export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return <Problem sentence={`PyPerf could not show this: ${error.message}`} />;
  }
}

export const Problem = ({ sentence }: { sentence: string }) => (
  <p className="jp-PyPerf-problem" role="alert">
    {sentence}
  </p>
);
