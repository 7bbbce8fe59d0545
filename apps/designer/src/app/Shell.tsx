import { AppShell, Burger } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { Outlet, useRouter } from '@tanstack/react-router';
import { Suspense, useEffect } from 'react';
import { useLive } from '../live/useLive.js';
import { SkeletonRows } from '../ui/SkeletonRows.js';
import { Brand } from './Brand.js';
import { LiveMark } from './LiveMark.js';
import { Navigation } from './Navigation.js';
import { UserMenu } from './UserMenu.js';

const PLACES = ['/processes', '/inbox', '/instances'] as const;
const AT_HAND_AFTER_MS = 1500;

/** What stands around every page of somebody who is signed in. */
export function Shell() {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const live = useLive();
  usePlacesAtHand();
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      <AppShell
        header={{ height: 48, collapsed: !isNarrow, offset: isNarrow }}
        navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
        padding={0}
        transitionDuration={120}
      >
        {isNarrow && (
          <AppShell.Header className="shell__header">
            <Brand />
            <Burger
              opened={isOpen}
              onClick={toggle}
              size="sm"
              aria-label={isOpen ? 'Close navigation' : 'Open navigation'}
              aria-expanded={isOpen}
            />
          </AppShell.Header>
        )}
        <AppShell.Navbar className="shell__navbar" p={12} aria-label="Main">
          {!isNarrow && (
            <div style={{ padding: '6px 8px 18px' }}>
              <Brand />
            </div>
          )}
          <AppShell.Section grow>
            <Navigation onNavigate={close} />
          </AppShell.Section>
          <div style={{ padding: '0 10px 10px' }}>
            <LiveMark state={live} />
          </div>
          <UserMenu />
        </AppShell.Navbar>
        <AppShell.Main id="main" tabIndex={-1} style={{ outline: 'none' }}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </AppShell.Main>
      </AppShell>
    </>
  );
}

/** Fetches the other pages while there is nothing else to do, so that they open at once, and without a connection too. */
function usePlacesAtHand(): void {
  const router = useRouter();
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const to of PLACES) void router.preloadRoute({ to }).catch(() => undefined);
    }, AT_HAND_AFTER_MS);
    return () => clearTimeout(timer);
  }, [router]);
}

function Loading() {
  return (
    <div className="page">
      <SkeletonRows />
    </div>
  );
}
