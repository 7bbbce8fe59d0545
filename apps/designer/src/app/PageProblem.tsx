import type { ErrorComponentProps } from '@tanstack/react-router';
import { ProblemView } from '../ui/ProblemView.js';

/** A page that broke while it was drawn or loaded. */
export function PageProblem({ error, reset }: ErrorComponentProps) {
  return (
    <main className="page">
      <ProblemView isPage error={error} onRetry={reset} />
    </main>
  );
}
