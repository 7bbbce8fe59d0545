import { uuidv7 } from 'uuidv7';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A fresh UUIDv7: rows sort by the time they were made. */
export function newId(): string {
  return uuidv7();
}

/** Anything else is, for a caller, an id that does not exist. */
export function isId(text: string): boolean {
  return UUID.test(text);
}

/**
 * The id of the row that belongs to one key of an instance: its job, user task, timer, subscription or incident.
 *
 * Keys are unique within their instance, and the generator never repeats the upper 96 bits of an id, so adding the key to the
 * lower 32 gives an id nobody else has. A step thus knows the rows it must change without asking for them.
 */
export function rowId(instanceId: string, key: number): string {
  const low = (Number.parseInt(instanceId.slice(28), 16) + key) >>> 0;
  return instanceId.slice(0, 28) + low.toString(16).padStart(8, '0');
}
