import { Button } from '@mantine/core';
import { IconAlertTriangle, IconLock, IconPlugConnectedX, IconZoomQuestion } from '@tabler/icons-react';
import { shownProblem } from '../api/shown-problem.js';
import './states.css';

interface Props {
  readonly error: unknown;
  readonly onRetry?: () => void;
  readonly compact?: boolean;
  /** It stands in for a whole page: its title is the page's heading. */
  readonly isPage?: boolean;
}

/** An error as a person needs it: what is wrong, what to do, and what to quote when asking for help. */
export function ProblemView({ error, onRetry, compact = false, isPage = false }: Props) {
  const problem = shownProblem(error);
  const { Icon, title, advice } = looks(problem.status, problem.title);
  return (
    <div className="state" data-compact={compact} role="alert">
      <Icon className="state__icon" size={compact ? 20 : 28} stroke={1.5} aria-hidden />
      {isPage ? <h1 className="state__title">{title}</h1> : <p className="state__title">{title}</p>}
      <p className="state__text">{problem.detail ?? advice}</p>
      {problem.errors.length > 0 && (
        <ul className="state__findings">
          {problem.errors.map((finding) => (
            <li key={`${finding.code}${finding.pointer ?? finding.elementId ?? finding.message}`}>{finding.message}</li>
          ))}
        </ul>
      )}
      <p className="state__trace">
        <code>{problem.code}</code>
        {problem.traceId && (
          <>
            {' · trace '}
            <code>{problem.traceId}</code>
          </>
        )}
      </p>
      {onRetry && problem.status !== 403 && problem.status !== 404 && (
        <Button variant="default" size="xs" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

function looks(status: number, title: string) {
  if (status === 403)
    return { Icon: IconLock, title: 'You may not see this', advice: 'Ask an administrator of your tenant for the right.' };
  if (status === 404) return { Icon: IconZoomQuestion, title: 'Not found', advice: 'It does not exist, or it belongs to someone else.' };
  if (status === 0) return { Icon: IconPlugConnectedX, title, advice: 'Check your connection.' };
  return { Icon: IconAlertTriangle, title, advice: 'Try again; if it stays, quote the code below.' };
}
