import type { RowOf } from './changes.js';

/* Rows as the columns of a multi-row statement (`unnest`). */

export const column = <Item, Value>(items: readonly Item[], value: (item: Item) => Value): Value[] => items.map(value);
export const tenants = (rows: readonly RowOf[]) => column(rows, ({ tenantId }) => tenantId);
export const instances = (rows: readonly RowOf[]) => column(rows, ({ instanceId }) => instanceId);
export const ids = (rows: readonly RowOf[]) => column(rows, ({ id }) => id);
export const seconds = (instant: number | null | undefined) => (instant === null || instant === undefined ? null : new Date(instant));
