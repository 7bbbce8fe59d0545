import type { Armed } from '../event.js';
import type { Key } from '../instance.js';
import type { Run } from '../run.js';

/** The scope an event waits in: its payload goes there. An event sub-process waits in the scope it lies in. */
export function scopeOf(run: Run, { elementId, host }: Pick<Armed, 'elementId' | 'host'>): Key {
  if (host === 0) return 0;
  const token = run.token(host);
  const isAround = token.elementId !== elementId && run.element(elementId).model.kind === 'startEvent';
  return isAround ? host : token.scope;
}
