import { fromNow, fullTime } from '../ui/instants.js';
import { useNow } from '../ui/useNow.js';

/** When a task is due; said louder when that is over. */
export function DueMark({ dueAt }: { readonly dueAt: string | undefined }) {
  const now = useNow();
  if (dueAt === undefined) return null;
  const due = Date.parse(dueAt);
  const isOver = due < now;
  return (
    <span className="badge" data-plain={!isOver} data-tone={isOver ? 'bad' : undefined} title={fullTime(due)}>
      {isOver ? 'Overdue' : 'Due'} {fromNow(due, now)}
    </span>
  );
}
