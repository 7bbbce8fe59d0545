import type { Role } from '@baton/contracts';
import { useMe } from './useMe.js';

/** What not everybody may do, and the roles that may. The server decides; this only spares people buttons that would be refused. */
const MAY = {
  deploy: ['designer', 'administrator'],
  cancel: ['operator', 'administrator'],
  resolve: ['operator', 'administrator'],
} as const satisfies Record<string, readonly Role[]>;

/** Whether whoever is signed in may do this; false until the server has said who that is. */
export function useMay(action: keyof typeof MAY): boolean {
  const me = useMe();
  const allowed: readonly Role[] = MAY[action];
  return me?.roles.some((role) => allowed.includes(role)) ?? false;
}
