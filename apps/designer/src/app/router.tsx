import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { tokens } from '../api/client.js';
import { readInboxSearch } from '../inbox/inbox-search.js';
import { readInstanceSearch } from '../instances/instance-search.js';
import { readInstancesSearch } from '../instances/instances-search.js';
import { NotFoundPage } from './NotFoundPage.js';
import { AppProblem, PageProblem } from './PageProblem.js';
import { Shell } from './Shell.js';

const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage, errorComponent: AppProblem });

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { to?: string } => (isInside(search.to) ? { to: search.to } : {}),
  beforeLoad: ({ search }) => {
    if (tokens.isSignedIn()) throw redirect({ href: search.to ?? '/' });
  },
  component: lazyRouteComponent(() => import('../auth/SignInPage.js'), 'SignInPage'),
});

/** Everything below needs somebody who is signed in. */
const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: ({ location }) => {
    if (!tokens.isSignedIn()) throw redirect({ to: '/sign-in', search: location.pathname === '/' ? {} : { to: location.href } });
  },
  component: Shell,
});

const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/processes' });
  },
});

const processesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/processes',
  validateSearch: (search: Record<string, unknown>): { start?: string } =>
    typeof search.start === 'string' ? { start: search.start } : {},
  component: lazyRouteComponent(() => import('../processes/ProcessesPage.js'), 'ProcessesPage'),
});

const inboxRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/inbox',
  validateSearch: readInboxSearch,
  component: lazyRouteComponent(() => import('../inbox/InboxPage.js'), 'InboxPage'),
});

const instancesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/instances',
  validateSearch: readInstancesSearch,
  component: lazyRouteComponent(() => import('../instances/InstancesPage.js'), 'InstancesPage'),
});

const instanceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/instances/$instanceId',
  validateSearch: readInstanceSearch,
  component: lazyRouteComponent(() => import('../instances/InstancePage.js'), 'InstancePage'),
});

/** Only addresses of this app: a link must not lead a fresh sign-in elsewhere. */
function isInside(to: unknown): to is string {
  return typeof to === 'string' && /^\/(?![/\\])/.test(to);
}

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    signInRoute,
    shellRoute.addChildren([homeRoute, processesRoute, inboxRoute, instancesRoute, instanceRoute]),
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: PageProblem,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
