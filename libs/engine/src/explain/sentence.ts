import type { Event } from '../event.js';
import type { Variables } from '../json.js';
import type { ElementId } from '../model.js';
import type { Chronicle } from './chronicle.js';

/** A sentence and the elements it explains something about. */
export interface Sentence {
  readonly about: readonly (ElementId | undefined)[];
  readonly text: string;
}

/** One event in its place: what was before is in the chronicle, what follows in the list. */
export interface Moment<E extends Event = Event> {
  readonly event: E;
  readonly chronicle: Chronicle;
  readonly following: readonly Event[];
}

export function say(text: string, ...about: readonly (ElementId | undefined)[]): readonly Sentence[] {
  return [{ text, about }];
}

export function withValues(reads: Variables): string {
  const values = Object.entries(reads).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  return values.length === 0 ? '' : ` (with ${values.join(', ')})`;
}

/** ` by ada: they asked for it`, as far as it is known. */
export function byWhom({ by, reason }: { readonly by?: string; readonly reason?: string }): string {
  return `${by === undefined ? '' : ` by ${by}`}${reason === undefined ? '' : `: ${reason}`}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}

export function isOrAre(names: readonly string[]): string {
  return names.length === 1 ? 'is' : 'are';
}

export function wasOrWere(names: readonly string[]): string {
  return names.length === 1 ? 'was' : 'were';
}

/** A sentence ends with one stop, whatever it quotes. */
export function closed(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
