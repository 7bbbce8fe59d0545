import type { Changes } from './changes.js';
import type { Stepped } from './stepped.js';
import { hasEnded } from './write-instances.js';

/** What the end of an instance means for whoever called it, and what an unfinished step means for itself. */
export function answerOthers(stepped: Stepped, changes: Changes): void {
  const { loaded, instance, events, cascade } = stepped;
  const { tenantId } = loaded;
  if (instance.ready.length > 0 && instance.status === 'active')
    changes.commands.push({ tenantId, instanceId: loaded.id, command: { type: 'continue' } });
  const { parent } = instance;
  if (parent === undefined || cascade) return;
  for (const event of events) {
    if (event.type !== 'escalationThrown' || event.uncaught === undefined) continue;
    const { escalationCode, uncaught } = event;
    const command = { type: 'escalateChild', key: parent.key, escalationCode, variables: uncaught.variables } as const;
    changes.commands.push({ tenantId, instanceId: parent.instanceId, command });
  }
  if (!hasEnded(instance)) return;

  if (instance.status === 'completed') {
    const variables = instance.scopes[0]?.variables ?? {};
    changes.commands.push({ tenantId, instanceId: parent.instanceId, command: { type: 'completeChild', key: parent.key, variables } });
    return;
  }
  const ended = events.find((event) => event.type === 'instanceTerminated');
  const { error, reason } = ended ?? {};
  changes.commands.push({
    tenantId,
    instanceId: parent.instanceId,
    command: {
      type: 'failChild',
      key: parent.key,
      ...(error !== undefined && { errorCode: error.code }),
      message: error?.message ?? `The called instance was canceled${reason === undefined ? '' : `: ${reason}`}.`,
    },
  });
}
