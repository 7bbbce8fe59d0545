import { Refusal, step } from '@baton/engine';
import type { Event, Instance } from '@baton/engine';
import type { LoadedDefinition } from '../definitions/definition-cache.js';
import type { Incoming, Loaded } from './load-batch.js';

/** An instance after its commands: what happened, and what its rows must become. */
export interface Stepped {
  readonly loaded: Loaded;
  readonly definition: LoadedDefinition;
  readonly instance: Instance;
  readonly events: readonly Event[];
  readonly firstSequence: number;
  readonly taken: readonly Incoming[];
  readonly refused: readonly { readonly incoming: Incoming; readonly code: string; readonly message: string }[];
  /** Keys that existed before: what is gone now has to lose its row. */
  readonly before: { readonly timers: readonly number[]; readonly subscriptions: readonly number[]; readonly incidents: readonly number[] };
  /** Ended because its caller did: nobody waits for an answer. */
  readonly cascade: boolean;
}

/**
 * Steps one instance through everything that waits for it. Changes `loaded.instance`.
 *
 * @throws whatever the engine throws that is not a refusal: a bug, and the instance's state is then worthless.
 */
export function stepInstance(loaded: Loaded, definition: LoadedDefinition): Stepped {
  const { instance } = loaded;
  const before = { timers: keysOf(instance.timers), subscriptions: keysOf(instance.subscriptions), incidents: keysOf(instance.incidents) };
  const firstSequence = instance.sequence;
  const events: Event[] = [];
  const taken: Incoming[] = [];
  const refused: Stepped['refused'][number][] = [];
  let cascade = false;
  for (const incoming of loaded.incoming) {
    try {
      events.push(...step(definition.process, instance, incoming.command).events);
      if (incoming.cascade) cascade = true;
      taken.push(incoming);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push({ incoming, code: error.code, message: error.message });
    }
  }
  return { loaded, definition, instance, events, firstSequence, taken, refused, before, cascade };
}

function keysOf(record: object): number[] {
  return Object.keys(record).map(Number);
}
