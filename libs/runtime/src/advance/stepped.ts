import type { ProblemDetail } from '@baton/contracts';
import { migrate, Refusal, step } from '@baton/engine';
import type { Command, Event, Incident, Instance, Key, Subscription, WaitingFor } from '@baton/engine';
import type { LoadedDefinition } from '../definitions/definition-cache.js';
import { reasonsAgainst } from '../instances/migration-problems.js';
import type { Incoming, Loaded, StepCommand } from './load-batch.js';

/** An instance after its commands: what happened, and what its rows must become. */
export interface Stepped {
  readonly loaded: Loaded;
  /** The definition it belongs to now. */
  readonly definition: LoadedDefinition;
  /** The one before each migration of this step, in order, and last the one it belongs to now. */
  readonly definitions: readonly LoadedDefinition[];
  readonly instance: Instance;
  readonly events: readonly Event[];
  readonly firstSequence: number;
  readonly taken: readonly Incoming[];
  readonly refused: readonly Refused[];
  readonly before: Before;
  /** Ended because its caller did: nobody waits for an answer. */
  readonly cascade: boolean;
}

export interface Refused {
  readonly incoming: Incoming;
  readonly code: string;
  readonly message: string;
  /** Where there are several reasons. */
  readonly errors?: readonly ProblemDetail[];
}

/** What there was before: what is gone now has to lose its row. */
export interface Before {
  readonly timers: readonly Key[];
  readonly subscriptions: readonly Subscription[];
  readonly incidents: readonly Incident[];
  /** What each element instance waited for. */
  readonly waiting: ReadonlyMap<Key, WaitingFor>;
  /** Answers it kept while it was suspended. */
  readonly deferred: readonly Command[];
}

/**
 * Steps one instance through everything that waits for it. `loaded.instance` is worthless afterwards.
 *
 * @throws whatever the engine throws that is not a refusal: a bug, and the instance's state is then worthless.
 */
export function stepInstance(loaded: Loaded, definitionOf: (id: string) => LoadedDefinition): Stepped {
  let { instance } = loaded;
  let definition = definitionOf(loaded.definitionId);
  const definitions = [definition];
  const before = beforeOf(instance);
  const firstSequence = instance.sequence;
  const events: Event[] = [];
  const taken: Incoming[] = [];
  const refused: Refused[] = [];
  let cascade = false;
  for (const incoming of loaded.incoming) {
    const { command } = incoming;
    if (isPutOff(taken, command)) continue;
    try {
      if (command.type === 'migrate') {
        const target = definitionOf(command.targetDefinitionId);
        const migrated = migrate(definition.process, target.process, instance, command);
        events.push(...migrated.events);
        ({ instance } = migrated);
        definitions.push((definition = target));
      } else {
        events.push(...step(definition.process, instance, command).events);
      }
      if (incoming.cascade) cascade = true;
      taken.push(incoming);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, message } = error;
      const errors =
        command.type === 'migrate' &&
        reasonsAgainst(error, definition.process, definitionOf(command.targetDefinitionId).process, instance, command);
      refused.push({ incoming, code, message, ...(errors && { errors }) });
    }
  }
  return { loaded, definition, definitions, instance, events, firstSequence, taken, refused, before, cascade };
}

function beforeOf({ timers, subscriptions, incidents, elements, deferred }: Instance): Before {
  const waiting = new Map<Key, WaitingFor>();
  for (const element of elements) if (element.waiting !== undefined) waiting.set(element.key, element.waiting);
  return {
    timers: timers.map(({ key }) => key),
    subscriptions: [...subscriptions],
    incidents: [...incidents],
    waiting,
    deferred: deferred ?? [],
  };
}

/** Somebody has given the timer another time since it was found due. */
function isPutOff(taken: readonly Incoming[], command: StepCommand): boolean {
  return (
    command.type === 'fireTimer' && taken.some(({ command: other }) => other.type === 'rescheduleTimer' && other.timer === command.timer)
  );
}
