import type { Key } from './instance.js';

/**
 * Rows in the order of their keys. Keys come from one rising counter, so new rows go to the end and a
 * search is binary; removing moves what follows, which for the few rows that are alive is cheap.
 */
export type Table<Row extends { readonly key: Key }> = Row[];

export function find<Row extends { readonly key: Key }>(table: readonly Row[], key: Key): Row | undefined {
  // Most steps look for the youngest.
  const last = table.length - 1;
  if (last < 0) return undefined;
  const youngest = table[last]!;
  if (youngest.key === key) return youngest;
  const at = indexOf(table, key);
  return at < 0 ? undefined : table[at];
}

/** @throws Error when there is none: the caller has made sure of it. */
export function get<Row extends { readonly key: Key }>(table: readonly Row[], key: Key): Row {
  const row = find(table, key);
  if (row === undefined) throw new Error(`Expected ${key} to be alive, but it is not.`);
  return row;
}

export function insert<Row extends { readonly key: Key }>(table: Table<Row>, row: Row): void {
  const last = table.length - 1;
  if (last < 0 || table[last]!.key < row.key) {
    table.push(row);
    return;
  }
  let at = last;
  while (at > 0 && table[at - 1]!.key > row.key) at -= 1;
  table.splice(at, 0, row);
}

export function remove<Row extends { readonly key: Key }>(table: Table<Row>, key: Key): Row | undefined {
  const last = table.length - 1;
  if (last < 0) return undefined;
  if (table[last]!.key === key) return table.pop();
  if (table[0]!.key === key) return table.shift();
  const at = indexOf(table, key);
  return at < 0 ? undefined : table.splice(at, 1)[0];
}

function indexOf<Row extends { readonly key: Key }>(table: readonly Row[], key: Key): number {
  let low = 0;
  let high = table.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = table[middle]!.key;
    if (found === key) return middle;
    if (found < key) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
