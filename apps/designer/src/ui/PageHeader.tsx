import type { ReactNode } from 'react';
import './page-header.css';

interface Props {
  readonly title: ReactNode;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
}

/** The page's only first-level heading, one line about it, and what can be done. */
export function PageHeader({ title, about, actions }: Props) {
  return (
    <header className="page-header">
      <div className="page-header__text">
        <h1>{title}</h1>
        {about && <div className="page-header__about">{about}</div>}
      </div>
      {actions && <div className="page-header__actions">{actions}</div>}
    </header>
  );
}
