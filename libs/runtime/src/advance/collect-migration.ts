import type { Key } from '@baton/engine';
import type { Changes, RowOf } from './changes.js';
import type { Stepped } from './stepped.js';

/** An instance that moved to another definition takes along everything that waits for it. Its own row is among them. */
export function collectMigration({ loaded, definition, definitions, instance }: Stepped, row: (key: Key) => RowOf, changes: Changes): void {
  if (definitions.length === 1) return;
  changes.migrated.push({ tenantId: loaded.tenantId, instanceId: loaded.id, definitionId: definition.id });
  for (const { key, elementId } of [...instance.elements, ...instance.subscriptions, ...instance.incidents])
    changes.places.push({ ...row(key), elementId, definitionId: definition.id, processId: definition.processId });
}
