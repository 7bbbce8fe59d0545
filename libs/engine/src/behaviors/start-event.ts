import type { Behavior } from '../behavior.js';
import type { Command } from '../command.js';
import type { StartEventModel } from '../model.js';
import type { Element } from '../process.js';
import { Refusal } from '../refusal.js';
import type { Run } from '../run.js';
import { NO_VARIABLES, variable } from '../variables.js';

/** Start event: the token appears here and goes on. What brings it, a person, a message or a timer, is the shell's matter. */
export const startEvent: Behavior<StartEventModel> = {
  enter(scene) {
    scene.complete();
  },
};

/**
 * Begin an instance at the start event the command names; unnamed, at its only none start event.
 *
 * A process without any start event begins at every element that no flow leads to (BPMN 2.0.2, 13.2).
 *
 * @throws Refusal `no-start-event`
 */
export function start(run: Run, command: Extract<Command, { readonly type: 'start' }>): void {
  const elements = startElements(run, command.startElementId);
  const first = elements[0]!;
  const { model } = first;
  const isStart = model.kind === 'startEvent';
  const hasOwnPayload = isStart && model.event.type === 'message' && model.outputs !== undefined;
  run.emit({
    type: 'instanceStarted',
    at: command.at,
    processId: run.process.id,
    startElementId: first.id,
    variables: hasOwnPayload ? NO_VARIABLES : command.variables,
    ...(command.businessKey === undefined ? {} : { businessKey: command.businessKey }),
    ...(command.parent === undefined ? {} : { parent: command.parent }),
    ...(command.by === undefined ? {} : { by: command.by }),
  });
  if (isStart && model.initiatorVariable !== undefined) run.writeTo(0, variable(model.initiatorVariable, command.by ?? null));
  for (const element of elements) {
    const key = run.arrive(element, 0);
    if (hasOwnPayload) run.scene(key).keep(command.variables);
  }
}

function startElements(run: Run, startElementId: string | undefined): readonly Element[] {
  const { process } = run;
  if (startElementId === undefined) {
    const [first, second] = process.starts;
    if (first === undefined)
      throw new Refusal('no-start-event', `Process ${process.id} has no plain start event; name the one to start at.`);
    if (second !== undefined && first.model.kind === 'startEvent') {
      throw new Refusal(
        'no-start-event',
        `Process ${process.id} has several start events: ${process.starts.map(({ id }) => id).join(', ')}. Name one.`,
      );
    }
    return process.starts;
  }
  const element = process.byId.get(startElementId);
  if (element === undefined || element.model.kind !== 'startEvent' || element.model.parent !== undefined) {
    throw new Refusal('no-start-event', `Process ${process.id} has no start event ${startElementId}.`);
  }
  return [element];
}
