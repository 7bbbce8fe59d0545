import type { UserTask } from '@baton/contracts';
import type { KeyboardEvent } from 'react';
import { Ago } from '../ui/Ago.js';
import { oneLine } from '../diagram/element-words.js';
import { DueMark } from './DueMark.js';

interface Props {
  readonly tasks: readonly UserTask[];
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}

/** The tasks; arrow keys move between them, Enter opens one. */
export function TaskList({ tasks, selected, onSelect }: Props) {
  return (
    <ul className="task-list" aria-label="Tasks">
      {tasks.map((task) => (
        <li key={task.id}>
          <button
            type="button"
            className="task-row"
            onKeyDown={moveFocus}
            aria-current={task.id === selected ? 'true' : undefined}
            onClick={() => onSelect(task.id)}
          >
            <span className="task-row__name">{oneLine(task.name)}</span>
            <span className="task-row__age">
              <Ago at={task.createdAt} />
            </span>
            <span className="task-row__process">
              {task.processName}
              {task.businessKey !== undefined && <span className="mono"> {task.businessKey}</span>}
            </span>
            <span className="task-row__marks">
              {task.priority > 50 && (
                <span className="badge" data-tone="warn">
                  {task.priority >= 90 ? 'Urgent' : 'High'}
                </span>
              )}
              <DueMark dueAt={task.dueAt} />
              <span className="badge" data-plain="true" data-tone={task.assignee === null ? undefined : 'accent'}>
                {task.assignee === null ? 'Available' : task.why.includes('assignee') ? 'Mine' : task.assignee}
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Arrow keys go to the row above or below. */
function moveFocus(event: KeyboardEvent<HTMLButtonElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const rows = [...(event.currentTarget.closest('ul')?.querySelectorAll('button') ?? [])];
  const next = rows[rows.indexOf(event.currentTarget) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
