import type { ErrorComponentProps } from '@tanstack/react-router';
import { shownProblem } from '../api/shown-problem.js';
import { ProblemView } from '../ui/ProblemView.js';

/** A page that broke while it was drawn or loaded; what stands around it stays. */
export function PageProblem({ error, reset }: ErrorComponentProps) {
  // A browser remembers that a script failed to load: only loading everything anew asks for it again.
  const retry = shownProblem(error).code === 'page-not-loaded' ? () => globalThis.location.reload() : reset;
  return (
    <div className="page">
      <ProblemView isPage error={error} onRetry={retry} />
    </div>
  );
}

/** The same where nothing stands around it. */
export function AppProblem(props: ErrorComponentProps) {
  return (
    <main>
      <PageProblem {...props} />
    </main>
  );
}
