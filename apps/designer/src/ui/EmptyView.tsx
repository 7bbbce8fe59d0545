import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import './states.css';

interface Props {
  readonly icon: Icon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** Nothing here, said kindly, with the next step. */
export function EmptyView({ icon: EmptyIcon, title, children, action }: Props) {
  return (
    <div className="state">
      <EmptyIcon className="state__icon" size={28} stroke={1.4} aria-hidden />
      <p className="state__title">{title}</p>
      {children && <p className="state__text">{children}</p>}
      {action}
    </div>
  );
}
