import { UnstyledButton } from '@mantine/core';
import { IconLogout, IconSelector } from '@tabler/icons-react';
import { useId } from 'react';
import { client } from '../api/client.js';
import { useMe } from '../auth/useMe.js';
import { ColorSchemeControl } from './ColorSchemeControl.js';
import './user-menu.css';

/**
 * Who I am here, what I may do and belong to, the color scheme, and the way out.
 *
 * The browser's own popover: it closes by Escape and by a click beside it, and gives the focus back.
 */
export function UserMenu() {
  const me = useMe();
  const panel = useId();
  return (
    <>
      <UnstyledButton className="user-button" popoverTarget={panel} aria-label={me ? `Account: ${me.name}, ${me.tenant.name}` : 'Account'}>
        <span className="initials" aria-hidden>
          {me ? initials(me.name) : ''}
        </span>
        <span className="user-button__text">
          <span className="user-button__name">{me?.name ?? '…'}</span>
          <span className="user-button__tenant">{me?.tenant.name}</span>
        </span>
        <IconSelector size={15} className="soft" aria-hidden />
      </UnstyledButton>
      <section id={panel} popover="auto" className="user-menu" aria-label="Account">
        {me && (
          <dl>
            <dt>Signed in as</dt>
            <dd>{me.email}</dd>
            <dt>Roles</dt>
            <dd>{me.roles.join(', ') || 'none'}</dd>
            <dt>Groups</dt>
            <dd>{me.groups.join(', ') || 'none'}</dd>
          </dl>
        )}
        <ColorSchemeControl />
        <UnstyledButton className="user-menu__leave" onClick={() => void client.logout()}>
          <IconLogout size={15} aria-hidden /> Sign out
        </UnstyledButton>
      </section>
    </>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0]?.toUpperCase() ?? '').join('');
}
