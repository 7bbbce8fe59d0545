import { IconInbox, IconRoute, IconTopologyStar3 } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useInboxCount } from '../inbox/useInboxCount.js';

const PLACES = [
  { to: '/processes', label: 'Processes', Icon: IconTopologyStar3 },
  { to: '/inbox', label: 'Inbox', Icon: IconInbox },
  { to: '/instances', label: 'Instances', Icon: IconRoute },
] as const;

/** The three places, with the number of tasks that wait for me. */
export function Navigation({ onNavigate }: { readonly onNavigate: () => void }) {
  const { pathname } = useLocation();
  const waiting = useInboxCount();
  return (
    <ul className="nav">
      {PLACES.map(({ to, label, Icon }) => (
        <li key={to}>
          <Link to={to} className="nav__link" aria-current={pathname.startsWith(to) ? 'page' : undefined} onClick={onNavigate}>
            <Icon size={17} stroke={1.7} aria-hidden />
            {label}
            {to === '/inbox' && waiting !== undefined && waiting > 0 && (
              <span className="nav__count" aria-label={`${waiting} open`}>
                {waiting}
              </span>
            )}
          </Link>
        </li>
      ))}
    </ul>
  );
}
