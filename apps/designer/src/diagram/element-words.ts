import type { ElementOverlay } from './overlay.js';
import type { Shape } from './drawing.js';

/** "User task", "Exclusive gateway", "Timer boundary event": what a shape is, in words. */
export function kindInWords({ kind, event }: Shape): string {
  const words = kind
    .replace(/Reference$/, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  const phrase = event && event !== 'none' ? `${event.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()} ${words}` : words;
  return phrase.charAt(0).toUpperCase() + phrase.slice(1);
}

/** Everything a shape shows, for those who do not see it. */
export function elementInWords(shape: Shape, { state, tokens, visits }: ElementOverlay): string {
  const name = shape.name ? `: ${oneLine(shape.name)}` : '';
  const status = {
    idle: 'not reached',
    visited: visits > 1 ? `passed ${visits} times` : 'passed',
    active: tokens > 1 ? `active, ${tokens} tokens` : 'active',
    incident: 'has an incident',
  }[state];
  return `${kindInWords(shape)}${name}, ${status}`;
}

/** Names in files are broken for the drawing; in sentences they are not. */
export function oneLine(name: string): string {
  return name.replaceAll(/\s+/g, ' ').trim();
}
