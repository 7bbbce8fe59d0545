import type { Json, Variables } from '../json.js';
import type { Scene } from '../scene.js';
import { get } from '../table.js';
import { setOwn } from '../variables.js';

const PLAIN_NAME = /^=?\s*([A-Za-z_]\w*)\s*$/;

/**
 * What an inner instance of a loop has of its own: `loopCounter`, its item, and a place for its output
 * where the output is a plain variable (so that parallel instances do not write into each other's).
 */
export function innerVariables(scene: Scene): Variables {
  const loopCounter = scene.arrival.loopCounter!;
  const { loop } = scene.element;
  const own: Record<string, Json> = { loopCounter };
  if (loop?.kind !== 'multiInstance') return own;
  const { elementVariable, outputElement } = loop;
  const output = outputElement === undefined ? undefined : PLAIN_NAME.exec(outputElement.text)?.[1];
  if (output !== undefined && !Object.hasOwn(own, output)) setOwn(own, output, null);
  const items = get(scene.instance.elements, scene.scope).loop?.items;
  if (elementVariable !== undefined && items !== undefined) setOwn(own, elementVariable, items[loopCounter - 1] ?? null);
  return own;
}
